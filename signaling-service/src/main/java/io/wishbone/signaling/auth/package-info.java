/// Who calls, and what they may do: bearer tokens (RFC 6750) that are JSON Web Tokens, or nobody is
/// asked.
///
/// Authorization is decided inside the resources, from the routed and validated stream name, never
/// from the path of the request. A token names the streams that its bearer may publish and play in
/// the claims `publish` and `play`.
///
/// Left out on purpose: handing out tokens, and sessions kept in cookies.
///
/// Read first: [io.wishbone.signaling.auth.Authenticator].
@NullMarked
package io.wishbone.signaling.auth;

import org.jspecify.annotations.NullMarked;
