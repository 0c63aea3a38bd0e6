@NullMarked
package io.wishbone.node.tracing;

import org.jspecify.annotations.NullMarked;
