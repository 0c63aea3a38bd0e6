package io.wishbone.store;

/// The store has an entry under this key that this version of the program cannot read: one of a
/// newer version, or nothing of ours. The store works, so trying again is in vain here; a process
/// of another version may be able to. It is counted and logged where it is met first.
public final class UnreadableEntryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableEntryException(String message) {
    super(message);
  }
}
