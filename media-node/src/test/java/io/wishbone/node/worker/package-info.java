@NullMarked
package io.wishbone.node.worker;

import org.jspecify.annotations.NullMarked;
