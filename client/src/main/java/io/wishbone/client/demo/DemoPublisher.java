package io.wishbone.client.demo;

import io.wishbone.client.ClientParts;
import io.wishbone.client.ClientSession;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.client.http.SignalingException;
import io.wishbone.client.net.ClientSocket;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Publishes the test picture to a WHIP endpoint until it is closed; comes back when the session
/// ends or can't be opened.
///
/// [#start()] returns at once; everything happens on a virtual thread and on the client loop.
public final class DemoPublisher implements AutoCloseable {
  private static final long RETRY_SECONDS = 2;

  /// Told about every change, for logs.
  public interface Observer {
    void onPublishing(URI session);

    void onInterrupted(String reason);
  }

  private final URI endpoint;
  private final MediaLoop loop;
  private final Observer observer;
  private final boolean keyframesOnRequest;
  private final ClientParts parts;
  private final AtomicReference<@Nullable ClientSession> session = new AtomicReference<>();
  private volatile @Nullable Thread thread;

  /// @param endpoint a WHIP endpoint URL
  /// @param token a bearer token; none is sent without one
  public DemoPublisher(URI endpoint, @Nullable String token, Observer observer) {
    this(endpoint, token, observer, true);
  }

  /// The same, for tests with or without an encoder that heeds requests.
  ///
  /// @param keyframesOnRequest whether a keyframe comes when it is asked for; OBS ignores that
  public DemoPublisher(
      URI endpoint, @Nullable String token, Observer observer, boolean keyframesOnRequest) {
    this.keyframesOnRequest = keyframesOnRequest;
    this.endpoint = endpoint;
    this.loop = MediaLoop.testPicture();
    this.observer = observer;
    this.parts = ClientParts.start("wishbone-demo", new SignalingClient(token));
  }

  public void start() {
    thread = Thread.ofVirtual().name("wishbone-demo-sessions").start(this::publishForever);
  }

  private void publishForever() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        observer.onInterrupted(publishOnce());
        TimeUnit.SECONDS.sleep(RETRY_SECONDS);
      }
    } catch (InterruptedException e) {
      // close() ends the loop this way.
      Thread.currentThread().interrupt();
    }
  }

  /// Publishes until the session ends; says why it did.
  private String publishOnce() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<String> why = new AtomicReference<>("");
    try {
      ClientSocket socket = new ClientSocket();
      LoopPublisher publisher =
          new LoopPublisher(
              loop,
              keyframesOnRequest,
              parts,
              socket,
              (reason, detail) -> {
                why.set(reason + ": " + detail);
                ended.countDown();
              });
      ClientSession opened =
          ClientSession.open(parts, endpoint, socket, publisher.peer(), publisher);
      session.set(opened);
      observer.onPublishing(opened.url());
      ended.await();
      session.set(null);
      opened.vanish();
      return why.get();
    } catch (SignalingException | ExecutionException | IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
    ClientSession open = session.getAndSet(null);
    if (open != null) {
      try {
        open.end();
      } catch (SignalingException e) {
        observer.onInterrupted("the session was not ended: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    parts.close();
  }
}
