package io.wishbone.it.interop;

/// What became of an ability of a client: the cells of the table.
enum Result {
  YES("yes"),
  FAILED("FAILED"),
  NOT_RUN("not run"),
  /// The client has nothing of the kind.
  NONE("-");

  private final String text;

  Result(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
