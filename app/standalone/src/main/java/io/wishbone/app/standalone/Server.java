package io.wishbone.app.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.auth.AuthMode;

/// What happens between start and end: says where the server is, once it listens there.
final class Server implements QuarkusApplication {

  private final Greeting greeting;
  private final Demo demo;

  Server(Places places, Demo demo, SignalingConfig signaling) {
    this.greeting = new Greeting(places, signaling.auth() == AuthMode.OFF, demo.isWanted());
    this.demo = demo;
  }

  @Override
  public int run(String... arguments) {
    demo.start();
    greeting.notes().forEach(System.err::println);
    greeting.addresses().forEach(System.out::println);
    Quarkus.waitForExit();
    return 0;
  }
}
