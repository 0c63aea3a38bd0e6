package io.wishbone.signaling.session;

import io.wishbone.store.RemoteIce;
import org.jspecify.annotations.Nullable;

/// What the credentials in a fragment ask for (RFC 9725 section 4.3).
enum FragmentMeaning {
  /// The credentials of the current ICE session, or none: candidates.
  TRICKLE,
  /// Both differ from the current ones: a new ICE session.
  RESTART,
  /// One differs and the other does not, which RFC 8839 section 5.4 forbids.
  CONTRADICTION;

  static FragmentMeaning of(
      @Nullable String usernameFragment, @Nullable String password, RemoteIce current) {
    boolean changesUfrag =
        usernameFragment != null && !usernameFragment.equals(current.usernameFragment());
    boolean changesPassword = password != null && !password.equals(current.password());
    if (changesUfrag && changesPassword) {
      return RESTART;
    }
    return changesUfrag || changesPassword ? CONTRADICTION : TRICKLE;
  }
}
