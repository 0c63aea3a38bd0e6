/// What operators do by HTTP: take access away, and give it back.
///
/// Only for callers whose credentials say `admin`, or without authentication for callers on this
/// machine. No web page of another origin is let in.
///
/// Read first: [io.wishbone.signaling.admin.RevocationResource].
@NullMarked
package io.wishbone.signaling.admin;

import org.jspecify.annotations.NullMarked;
