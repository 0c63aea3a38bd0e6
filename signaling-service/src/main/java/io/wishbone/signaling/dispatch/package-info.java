/// The way to the media nodes and back: commands out, replies or problems in, and the events that
/// nodes report on their own account.
///
/// Threads: a command waits for its reply on the thread of the request. Events are taken off the
/// carrier's thread at once and handled one after the other on a virtual thread.
///
/// Read first: [io.wishbone.signaling.dispatch.Dispatcher].
@NullMarked
package io.wishbone.signaling.dispatch;

import org.jspecify.annotations.NullMarked;
