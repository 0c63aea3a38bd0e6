package io.wishbone.app.cluster;

/// A server that the cluster needs, as it runs: a [LocalProcess], or a [Container]. Safe for use by
/// many threads.
public interface Server extends AutoCloseable {

  /// Of its process on this machine.
  long pid();

  boolean isAlive();

  /// What it printed so far.
  String output();

  /// Asks it to end in its own time, as for an upgrade, and returns when it has.
  void shutDown();

  /// Ends it at once, as a crash does.
  void kill();

  /// Lets it stand still: it holds its connections, and says nothing.
  void freeze();

  /// Lets it go on.
  void thaw();

  /// Lets it end, and ends it when it does not.
  @Override
  void close();
}
