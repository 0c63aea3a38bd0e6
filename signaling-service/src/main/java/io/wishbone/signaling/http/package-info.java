/// What both protocols need of HTTP: problem details (RFC 9457), entity-tags and If-Match (RFC
/// 9110), bodies with a limit, CORS, and session URLs.
///
/// Threads: the two filters ([io.wishbone.signaling.http.CorsHeaders] and
/// [io.wishbone.signaling.http.RequestLimits]) run on HTTP event loops and never wait; the rest is
/// called on the thread of the request.
///
/// Read first: [io.wishbone.signaling.http.Problem].
@NullMarked
package io.wishbone.signaling.http;

import org.jspecify.annotations.NullMarked;
