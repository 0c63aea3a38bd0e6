@NullMarked
package io.wishbone.node.allocation;

import org.jspecify.annotations.NullMarked;
