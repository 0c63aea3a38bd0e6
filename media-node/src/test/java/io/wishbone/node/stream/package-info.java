@NullMarked
package io.wishbone.node.stream;

import org.jspecify.annotations.NullMarked;
