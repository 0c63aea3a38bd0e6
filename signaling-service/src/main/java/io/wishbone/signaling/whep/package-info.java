/// The WHEP endpoint and its sessions: where players knock (draft-ietf-wish-whep).
@NullMarked
package io.wishbone.signaling.whep;

import org.jspecify.annotations.NullMarked;
