/// A WHIP and WHEP client in Java: publish the test picture, play a stream and count what comes.
///
/// [io.wishbone.client.ClientSession] is the class to read first: it joins the HTTP half
/// ([io.wishbone.client.http]) and the media half ([io.wishbone.webrtc.peer], run by
/// [io.wishbone.client.net]) of one session.
///
/// **Threads.** HTTP calls block the caller's thread; media runs on the
/// [io.wishbone.client.net.ClientLoop].
@NullMarked
package io.wishbone.client;

import org.jspecify.annotations.NullMarked;
