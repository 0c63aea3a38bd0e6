package io.wishbone.app.signaling;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.wishbone.app.program.Greeting;
import io.wishbone.app.program.Places;
import io.wishbone.control.kafka.KafkaPod;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.auth.AuthMode;

/// What happens between start and end: says where the pod is, once it listens there, and lets
/// everything that nodes report in.
final class Pod implements QuarkusApplication {

  private final Greeting greeting;
  private final KafkaPod kafka;

  Pod(Places places, SignalingConfig signaling, KafkaPod kafka) {
    this.greeting = new Greeting(places, signaling.auth().contains(AuthMode.OFF), null);
    this.kafka = kafka;
  }

  @Override
  public int run(String... arguments) {
    kafka.start();
    greeting.notes().forEach(System.err::println);
    greeting.addresses().forEach(System.out::println);
    Quarkus.waitForExit();
    return 0;
  }
}
