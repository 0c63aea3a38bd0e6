package io.wishbone.app.standalone;

import io.wishbone.app.program.Places;
import io.wishbone.client.demo.DemoPublisher;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/// The test picture, published by the client library as anybody would: over WHIP, from outside.
@Singleton
final class Demo {

  static final String STREAM = "demo";

  private static final Logger LOG = Logger.getLogger(Demo.class);

  private final boolean isWanted;
  private final Places places;
  private @Nullable DemoPublisher publisher;
  private volatile boolean isEnding;

  Demo(@ConfigProperty(name = "wishbone.demo") boolean isWanted, Places places) {
    this.isWanted = isWanted;
    this.places = places;
  }

  boolean isWanted() {
    return isWanted;
  }

  /// Starts to publish, if that is wanted. The server listens already.
  void start() {
    if (isWanted) {
      publisher = new DemoPublisher(places.whip(STREAM), null, new Log());
      publisher.start();
    }
  }

  /// Says goodbye to the media node. HTTP may be closed by now.
  void stop() {
    isEnding = true;
    if (publisher != null) {
      publisher.close();
    }
  }

  private final class Log implements DemoPublisher.Observer {

    @Override
    public void onPublishing(URI session) {
      LOG.debugf("The test picture is published: %s", session);
    }

    @Override
    public void onInterrupted(String reason) {
      LOG.logf(isEnding ? Level.DEBUG : Level.WARN, "The test picture is interrupted: %s", reason);
    }
  }
}
