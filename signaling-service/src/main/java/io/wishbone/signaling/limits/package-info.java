/// How many requests a client may send (RFC 9725 section 5): POST, PATCH and DELETE are counted for
/// each address and for each token subject, and those beyond the limit get a 429 that says when to
/// come back.
///
/// Threads: addresses are looked at on HTTP event loops, before anything else costs much; subjects
/// on the thread of the request, once it is known who calls.
///
/// Left out on purpose: counts that several processes share. Each counts for itself.
///
/// Read first: [io.wishbone.signaling.limits.RateLimiter].
@NullMarked
package io.wishbone.signaling.limits;

import org.jspecify.annotations.NullMarked;
