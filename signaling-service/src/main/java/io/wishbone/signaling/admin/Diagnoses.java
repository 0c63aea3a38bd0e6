package io.wishbone.signaling.admin;

import io.vertx.core.json.JsonObject;
import io.wishbone.store.SessionRecord;
import org.jspecify.annotations.Nullable;

/// What a program knows of how a session is doing: an assembly that has such a bean has its words
/// in the operators' API, as `diagnosis` of a session; `sentence` of it is what the page shows.
/// Without one the property is left out.
///
/// Called on the thread of a request, which may wait.
public interface Diagnoses {

  /// Null when nothing is known of the session.
  @Nullable JsonObject find(SessionRecord session);
}
