package io.wishbone.node.worker;

/// Hears what becomes of a [PullRequest], once.
@FunctionalInterface
public interface PullListener {

  /// The stream is here; or it will not come for now, for this reason.
  void onSettled(ChangeResult result);
}
