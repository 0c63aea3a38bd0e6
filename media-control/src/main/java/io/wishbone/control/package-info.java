/// The language between signalling and media nodes.
@NullMarked
package io.wishbone.control;

import org.jspecify.annotations.NullMarked;
