package io.wishbone.it.interop;

/// What a client may be able to do with the server: the columns of the table.
enum Ability {
  PUBLISH,
  WATCH,
  /// Sends candidates by PATCH after the POST.
  TRICKLE,
  /// Restarts ICE by PATCH, and media goes on.
  RESTART
}
