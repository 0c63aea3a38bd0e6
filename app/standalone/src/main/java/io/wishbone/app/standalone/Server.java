package io.wishbone.app.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.wishbone.app.program.EndSignals;
import io.wishbone.app.program.Greeting;
import io.wishbone.app.program.Places;
import io.wishbone.node.MediaNode;
import io.wishbone.node.NodeConfig;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.auth.AuthMode;
import io.wishbone.signaling.http.Leaving;
import java.time.Duration;
import java.util.List;

/// What happens between start and end: says where the server is, once it listens there.
final class Server implements QuarkusApplication {

  private final Greeting greeting;
  private final Demo demo;
  private final Training training;
  private final MediaNode node;
  private final Leaving leaving;
  private final Duration drainTimeout;

  Server(
      Places places,
      Demo demo,
      Training training,
      SignalingConfig signaling,
      Leaving leaving,
      MediaNode node,
      NodeConfig config) {
    this.leaving = leaving;
    this.node = node;
    // Nobody takes over from it: the sooner it ends, the sooner the next one can begin.
    this.drainTimeout = config.drain().timeout().orElse(Duration.ZERO);
    this.greeting =
        new Greeting(
            places, signaling.auth().contains(AuthMode.OFF), demo.isWanted() ? Demo.STREAM : null);
    this.demo = demo;
    this.training = training;
  }

  @Override
  public int run(String... arguments) throws InterruptedException {
    demo.start();
    if (List.of(arguments).contains(Training.ARGUMENT)) {
      return training.await();
    }
    node.whenGone(() -> Quarkus.asyncExit(0));
    EndSignals.onTerminate(this::leave);
    greeting.notes().forEach(System.err::println);
    greeting.addresses().forEach(System.out::println);
    Quarkus.waitForExit();
    demo.stop();
    return 0;
  }

  /// Clients are asked to come by another connection, as by a pod of a cluster: what takes the
  /// place of this process can be there already, behind the same address.
  private void leave() {
    leaving.begin();
    node.leave(drainTimeout);
  }
}
