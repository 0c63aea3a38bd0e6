@NullMarked
package io.wishbone.node.control;

import org.jspecify.annotations.NullMarked;
