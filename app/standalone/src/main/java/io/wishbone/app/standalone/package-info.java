/// Signalling and media node assembled in one process.
@NullMarked
package io.wishbone.app.standalone;

import org.jspecify.annotations.NullMarked;
