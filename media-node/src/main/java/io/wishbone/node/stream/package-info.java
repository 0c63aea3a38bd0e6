/// One source, many sinks: what a publisher sends, and who gets it.
///
/// A [io.wishbone.node.stream.MediaStream] has [tracks][io.wishbone.node.stream.Track] (sound,
/// picture), a track has [encodings][io.wishbone.node.stream.Encoding] (one, or several with
/// simulcast), and every packet of an encoding is shown to every [io.wishbone.node.stream.RtpSink].
/// Where the packets come from and go to is not known here: a publisher's session is an
/// [io.wishbone.node.stream.RtpSource], whether its peer is a client or another node; a viewer's
/// session is a sink, and so is what sends the stream on to another node.
///
/// **Threads.** On the worker's thread, time is an argument.
///
/// **Left out on purpose.** What a viewer gets of an encoding: that is decided in `forward`.
@NullMarked
package io.wishbone.node.stream;

import org.jspecify.annotations.NullMarked;
