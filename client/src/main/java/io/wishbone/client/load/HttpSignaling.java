package io.wishbone.client.load;

import io.wishbone.client.http.Opened;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.client.http.SignalingException;
import java.net.URI;
import java.util.concurrent.ExecutionException;

/// Sessions of any WHIP and WHEP server. `{n}` in an address is the number of the stream.
///
/// @param whip where to publish
/// @param whep where to play
public record HttpSignaling(SignalingClient http, String whip, String whep) implements Signaling {

  @Override
  public Session publish(int stream, String offer) throws ExecutionException, InterruptedException {
    return open(whip, stream, offer);
  }

  @Override
  public Session play(int stream, String offer) throws ExecutionException, InterruptedException {
    return open(whep, stream, offer);
  }

  private Session open(String address, int stream, String offer)
      throws ExecutionException, InterruptedException {
    try {
      Opened opened =
          http.open(URI.create(address.replace("{n}", Integer.toString(stream))), offer);
      return new Session() {
        @Override
        public String answer() {
          return opened.answer();
        }

        @Override
        public void end() {
          try {
            http.end(opened.session());
          } catch (SignalingException e) {
            // The server ends it when it hears no more of the client.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      };
    } catch (SignalingException e) {
      throw new ExecutionException(e);
    }
  }
}
