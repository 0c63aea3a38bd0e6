@NullMarked
package io.wishbone.node.relay;

import org.jspecify.annotations.NullMarked;
