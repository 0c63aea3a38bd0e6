/// The HTTP half of WHIP and WHEP, from the client's side.
///
/// [io.wishbone.client.http.SignalingClient] is the class to read first. Calls block: make them on
/// a thread of your own, a virtual one for instance.
///
/// **Standards.** RFC 9725 sections 4.2 to 4.7, RFC 9457 for errors.
@NullMarked
package io.wishbone.client.http;

import org.jspecify.annotations.NullMarked;
