package io.wishbone.app.program;

/// A heading of the help text.
public enum Group {
  CLUSTER("The cluster"),
  LISTENING("Where it listens"),
  TLS("HTTPS"),
  AUTHENTICATION("Who may come in"),
  ICE("STUN and TURN"),
  MEDIA("Streams and sessions"),
  LOAD("When too many come"),
  LEAVING("When it ends"),
  NOTIFICATION("Who is told"),
  OBSERVATION("What can be seen of it"),
  OTHER("Other");

  private final String heading;

  Group(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }
}
