/// Measures the node with real sockets and real sessions, and its parts.
///
/// [io.wishbone.bench.Bench] is the class to read first. Figures that count are ratios within one
/// run: to a C program that makes the same system calls, and to the node's own plain path.
///
/// **Threads.** The node's worker has one, whose processor time is what is measured; the swarm of
/// clients has others, in the same process.
@NullMarked
package io.wishbone.bench;

import org.jspecify.annotations.NullMarked;
