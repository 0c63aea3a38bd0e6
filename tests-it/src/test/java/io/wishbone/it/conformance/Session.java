package io.wishbone.it.conformance;

/// A session that was opened by a 201.
record Session(Http http, String endpoint, String offer, Response opened) {
  String stream() {
    return endpoint.substring(endpoint.lastIndexOf('/') + 1);
  }

  String url() {
    return opened.header("Location");
  }

  String tag() {
    return opened.header("ETag");
  }

  String answer() {
    return opened.body();
  }

  /// A fragment under the credentials of the offer.
  String fragment(String... lines) {
    return Sdp.fragment(Sdp.value(offer, "ice-ufrag"), Sdp.value(offer, "ice-pwd"), lines);
  }

  Response patch(String ifMatch, String fragment) {
    return http.patch(url(), ifMatch, fragment);
  }

  Response trickle(String... lines) {
    return patch(tag(), fragment(lines));
  }
}
