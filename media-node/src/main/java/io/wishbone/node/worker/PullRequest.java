package io.wishbone.node.worker;

/// A stream that this worker is to have from elsewhere from now on.
///
/// @param pullId what the request is called, and the relay that comes of it
public record PullRequest(String pullId, String stream, Parent parent) {}
