package io.wishbone.it.cluster;

import io.wishbone.client.load.Signaling;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;

/// Opens sessions of one stream, of a publisher in one region and viewers in another, each at
/// another pod.
record RegionalSignaling(TestCluster cluster, String stream, String from, String to)
    implements Signaling {

  @Override
  public Session publish(int number, String offer) throws ExecutionException {
    return open(cluster.pod(0), "whip", stream, from, offer);
  }

  @Override
  public Session play(int number, String offer) throws ExecutionException {
    return open(cluster.pod(1), "whep", stream, to, offer);
  }

  /// Opens a session at this pod, which is told the region of the client.
  static Session open(URI pod, String protocol, String stream, String region, String offer)
      throws ExecutionException {
    HttpResponse<String> opened =
        LiveSession.send(
            HttpRequest.newBuilder(pod.resolve(protocol + "/endpoint/" + stream))
                .header("Content-Type", "application/sdp")
                .header("X-Client-Region", region)
                .POST(BodyPublishers.ofString(offer)));
    if (opened.statusCode() != 201) {
      throw new ExecutionException(
          new IllegalStateException(opened.statusCode() + " " + opened.body()));
    }
    URI session = pod.resolve(opened.headers().firstValue("Location").orElseThrow());
    return new Session() {
      @Override
      public String answer() {
        return opened.body();
      }

      @Override
      public void end() {
        LiveSession.send(HttpRequest.newBuilder(session).DELETE());
      }
    };
  }
}
