/// A receiver of traces, and what it is sent.
@NullMarked
package io.wishbone.it.tracing;

import org.jspecify.annotations.NullMarked;
