package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// Connects when brokers can be reached, for the first time after however long, and knows from then
/// on whether they can.
final class BrokerWatch implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(BrokerWatch.class.getName());
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private final KafkaSettings settings;
  private final String member;
  private final Runnable connect;
  private final Runnable back;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("kafka-watch").unstarted(this::run);
  private @Nullable Admin admin;
  private volatile boolean connected;
  private volatile boolean reachable;
  private boolean told;

  /// @param connect called once a broker answers and the topics are there; again when it fails
  /// @param back called whenever brokers can be reached that could not before
  BrokerWatch(KafkaSettings settings, String member, Runnable connect, Runnable back) {
    this.back = back;
    this.settings = settings;
    this.member = member;
    this.connect = connect;
  }

  void start() {
    thread.start();
  }

  /// Whether a broker has answered a moment ago.
  boolean isReachable() {
    return reachable;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException | InterruptException _) {
      LOG.log(System.Logger.Level.DEBUG, "Kafka is not watched any more");
    } finally {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
  }

  private void look() throws InterruptedException {
    try {
      if (admin == null) {
        admin = Admin.create(settings.common(member + "-watch"));
      }
      admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!connected) {
        TopicCreator.createMissing(settings);
        connect.run();
        connected = true;
      }
      if (!reachable) {
        reachable = true;
        told = false;
        LOG.log(System.Logger.Level.INFO, "Kafka is reachable");
        back.run();
      }
    } catch (ExecutionException | TimeoutException | RuntimeException failure) {
      if (failure instanceof InterruptException interrupted) {
        throw interrupted;
      }
      reachable = false;
      if (!told) {
        told = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "Kafka at {0} cannot be reached: {1}",
            settings.bootstrapServers(),
            reason(failure));
      }
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
