/// Who calls, and what they may do: JSON Web Tokens (RFC 7519) and stream keys as bearer tokens
/// (RFC 6750) or by HTTP Basic (RFC 7617), the operator's own program, or nobody is asked.
///
/// Authorization is decided inside the resources, from the routed and validated stream name, never
/// from the path of the request. [io.wishbone.signaling.auth.Authenticator] says who it is and what
/// their credentials name; [io.wishbone.signaling.auth.Admission] has the last word before a
/// session is opened.
///
/// Threads: those of the requests, which may wait for an issuer or the operator's program; both
/// waits are short and limited.
///
/// Left out on purpose: handing out tokens, and sessions kept in cookies.
///
/// Read first: [io.wishbone.signaling.auth.Authenticator].
@NullMarked
package io.wishbone.signaling.auth;

import org.jspecify.annotations.NullMarked;
