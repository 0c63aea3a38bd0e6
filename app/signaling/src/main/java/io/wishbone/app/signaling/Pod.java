package io.wishbone.app.signaling;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.wishbone.app.member.CarrierMeters;
import io.wishbone.app.program.EndSignals;
import io.wishbone.app.program.Greeting;
import io.wishbone.app.program.Places;
import io.wishbone.control.kafka.KafkaPod;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.auth.AuthMode;
import io.wishbone.signaling.events.OpenFeeds;
import io.wishbone.signaling.http.Leaving;
import java.time.Duration;

/// What happens between start and end: says where the pod is, once it listens there, and lets
/// everything that nodes report in. Told to end, it serves requests until nobody brings one any
/// more.
final class Pod implements QuarkusApplication {

  private final Greeting greeting;
  private final KafkaPod kafka;
  private final Leaving leaving;
  private final OpenFeeds feeds;
  private final Duration delay;

  Pod(
      Places places,
      SignalingConfig signaling,
      KafkaPod kafka,
      Leaving leaving,
      OpenFeeds feeds,
      MeterRegistry registry) {
    CarrierMeters.show(registry, kafka::isReachable, kafka::lost);
    this.leaving = leaving;
    this.feeds = feeds;
    this.delay = signaling.drain().delay();
    this.greeting = new Greeting(places, signaling.auth().contains(AuthMode.OFF), null);
    this.kafka = kafka;
  }

  @Override
  public int run(String... arguments) {
    EndSignals.onTerminate(this::leave);
    kafka.start();
    greeting.notes().forEach(System.err::println);
    greeting.addresses().forEach(System.out::println);
    Quarkus.waitForExit();
    // The framework waits for requests that are being worked on, and would for readers of events.
    feeds.leave();
    return 0;
  }

  private void leave() {
    leaving.begin();
    try {
      Thread.sleep(delay);
    } catch (InterruptedException _) {
      // Then now.
    }
    Quarkus.asyncExit(0);
  }
}
