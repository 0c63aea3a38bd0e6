package io.wishbone.node.worker;

/// How a worker is doing.
public record WorkerSnapshot(int publishers, int subscribers, int streams) {}
