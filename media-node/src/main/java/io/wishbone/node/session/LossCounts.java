package io.wishbone.node.session;

/// What became of packets on their way from a source to here.
///
/// @param detected packets that were missing at some time
/// @param recovered those of them that came because they were asked for
/// @param givenUp those that never came
public record LossCounts(long detected, long recovered, long givenUp) {}
