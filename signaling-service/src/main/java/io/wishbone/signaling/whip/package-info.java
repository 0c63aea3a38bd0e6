/// The WHIP endpoint and its sessions: where publishers knock (RFC 9725).
@NullMarked
package io.wishbone.signaling.whip;

import org.jspecify.annotations.NullMarked;
