/// The STUN and TURN servers that clients are told of (RFC 9725 section 4.6): one `Link` header
/// line for each, with credentials that are fixed or made for the occasion.
///
/// Clients with networks that let no UDP through need TURN; the server itself does not use it, for
/// it is reachable by all who may come in (RFC 9725 section 4.4.5).
///
/// Credentials made for the occasion follow the scheme that coturn calls `use-auth-secret`
/// (draft-uberti-behave-turn-rest): the user name says until when they hold, the password is a MAC
/// over it, and the TURN server knows the secret, and nothing of us.
///
/// Read first: [io.wishbone.signaling.ice.IceServers].
@NullMarked
package io.wishbone.signaling.ice;

import org.jspecify.annotations.NullMarked;
