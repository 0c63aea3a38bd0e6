@NullMarked
package io.wishbone.node.metrics;

import org.jspecify.annotations.NullMarked;
