package io.wishbone.client;

import io.wishbone.client.http.Opened;
import io.wishbone.client.http.SignalingException;
import io.wishbone.client.net.ClientLoop;
import io.wishbone.client.net.ClientSocket;
import io.wishbone.client.net.DatagramEndpoint;
import io.wishbone.webrtc.peer.OfferingPeer;
import java.net.URI;
import java.util.concurrent.ExecutionException;

/// One session with a server: opened by a POST, ended by a DELETE.
public final class ClientSession {
  private final ClientParts parts;
  private final ClientSocket socket;
  private final OfferingPeer peer;
  private final Opened opened;

  private ClientSession(ClientParts parts, ClientSocket socket, OfferingPeer peer, Opened opened) {
    this.parts = parts;
    this.socket = socket;
    this.peer = peer;
    this.opened = opened;
  }

  /// POSTs the peer's offer and lets it connect with the answer. Blocks until the answer is there.
  ///
  /// @param endpoint what the socket's datagrams and timeouts go to; passes them on to `peer`
  /// @throws SignalingException when the server refuses
  /// @throws ExecutionException when the answer is no use; the cause says why
  public static ClientSession open(
      ClientParts parts, URI url, ClientSocket socket, OfferingPeer peer, DatagramEndpoint endpoint)
      throws SignalingException, InterruptedException, ExecutionException {
    try {
      Opened opened = parts.http().open(url, peer.offer());
      parts
          .loop()
          .call(() -> {
            parts.loop().attach(socket, endpoint);
            peer.accept(opened.answer(), ClientLoop.nowNanos());
            return true;
          });
      return new ClientSession(parts, socket, peer, opened);
    } catch (SignalingException | ExecutionException e) {
      parts.loop().execute(() -> parts.loop().detach(socket));
      throw e;
    }
  }

  /// The session URL, for PATCH and DELETE.
  public URI url() {
    return opened.session();
  }

  /// The SDP that the server answered.
  public String answer() {
    return opened.answer();
  }

  /// Says goodbye on both ways: close_notify to the media node, DELETE to the server.
  ///
  /// @throws SignalingException when the server does not confirm it; the media side is closed
  ///   anyway
  public void end() throws SignalingException, InterruptedException {
    parts.loop().execute(() -> peer.close(ClientLoop.nowNanos()));
    try {
      parts.http().end(opened.session());
    } finally {
      parts.loop().execute(() -> parts.loop().detach(socket));
    }
  }

  /// Vanishes without a word, for tests of what a server makes of that.
  public void vanish() {
    parts
        .loop()
        .execute(() -> {
          peer.abandon();
          parts.loop().detach(socket);
        });
  }
}
