/// What operators do by HTTP: look at streams, sessions and nodes, end sessions, let nodes drain,
/// take access away and give it back. `META-INF/resources/api/v1/openapi.json` describes all of it.
///
/// Only for callers whose credentials say `admin`, or without authentication for callers on this
/// machine. No web page of another origin is let in.
///
/// Read first: [io.wishbone.signaling.admin.AdminSessionsResource].
@NullMarked
package io.wishbone.signaling.admin;

import org.jspecify.annotations.NullMarked;
