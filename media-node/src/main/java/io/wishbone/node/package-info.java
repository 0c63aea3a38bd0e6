/// Terminates and forwards media on event loops.
@NullMarked
package io.wishbone.node;

import org.jspecify.annotations.NullMarked;
