package io.wishbone.node.io;

import io.wishbone.node.worker.MediaWorker;
import io.wishbone.node.worker.RelaySockets;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.transport.Offload;
import java.net.InetSocketAddress;

/// Makes the worker that a [MediaLoop] runs, once its channel is bound.
@FunctionalInterface
public interface WorkerFactory {

  /// Makes the worker, on its event loop.
  ///
  /// @param bound where the channel listens, with the port that it really got
  /// @param relaySockets where sockets for relays come from
  MediaWorker create(
      Outbox outbox, Offload offload, InetSocketAddress bound, RelaySockets relaySockets);
}
