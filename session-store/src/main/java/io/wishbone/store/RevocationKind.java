package io.wishbone.store;

/// By what access was given, and is taken away.
public enum RevocationKind {
  /// The claim `sub` of a token, or what the operator's program called somebody.
  SUBJECT("subject"),
  /// The id of a stream key.
  KEY("key"),
  /// The name of a stream.
  STREAM("stream");

  private final String word;

  RevocationKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
