@NullMarked
package io.wishbone.node.forward;

import org.jspecify.annotations.NullMarked;
