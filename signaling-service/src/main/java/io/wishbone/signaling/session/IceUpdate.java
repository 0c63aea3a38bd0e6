package io.wishbone.signaling.session;

import io.wishbone.signaling.http.EntityTag;

/// What came of a PATCH.
sealed interface IceUpdate {

  /// Candidates were taken in; the ICE session is the same.
  record CandidatesTaken() implements IceUpdate {}

  /// A new ICE session has begun, under a new entity-tag.
  record Restarted(EntityTag entityTag, String fragment) implements IceUpdate {}
}
