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

  /// One answer that is late is not yet a broker that is away: a busy machine is late, too.
  private static final int FAILURES = 2;

  private final String servers;
  private final Brokers brokers;
  private final Runnable connect;
  private final Runnable back;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("kafka-watch").unstarted(this::run);
  private volatile boolean connected;
  private volatile boolean reachable;
  private boolean told;
  private int failures;

  /// What is asked of brokers.
  interface Brokers extends AutoCloseable {

    /// Returns when one has answered.
    void ask() throws ExecutionException, TimeoutException, InterruptedException;

    /// Makes topics that are not there.
    void createTopics();

    @Override
    void close();
  }

  /// @param connect called once a broker answers and the topics are there; again when it fails
  /// @param back called whenever brokers can be reached that could not before
  BrokerWatch(KafkaSettings settings, String member, Runnable connect, Runnable back) {
    this(settings.bootstrapServers(), new RealBrokers(settings, member), connect, back);
  }

  BrokerWatch(String servers, Brokers brokers, Runnable connect, Runnable back) {
    this.servers = servers;
    this.brokers = brokers;
    this.connect = connect;
    this.back = back;
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
      brokers.close();
    }
  }

  /// To be called a few times a second.
  void look() throws InterruptedException {
    try {
      brokers.ask();
      failures = 0;
      if (!reachable) {
        // One that was away may have come back without anything.
        brokers.createTopics();
      }
      if (!connected) {
        connect.run();
        connected = true;
      }
      if (!reachable) {
        reachable = true;
        told = false;
        LOG.log(System.Logger.Level.INFO, "Kafka is reachable");
        back.run();
      }
    } catch (ExecutionException | TimeoutException | RuntimeException | Error failure) {
      if (failure instanceof InterruptException interrupted) {
        throw interrupted;
      }
      if (reachable && ++failures < FAILURES) {
        return;
      }
      reachable = false;
      if (!told) {
        told = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "Kafka at {0} cannot be reached: {1}",
            servers,
            reason(failure));
      }
    }
  }

  private static final class RealBrokers implements Brokers {
    private final KafkaSettings settings;
    private final String member;
    private @Nullable Admin admin;

    RealBrokers(KafkaSettings settings, String member) {
      this.settings = settings;
      this.member = member;
    }

    @Override
    public void ask() throws ExecutionException, TimeoutException, InterruptedException {
      if (admin == null) {
        admin = Admin.create(settings.common(member + "-watch"));
      }
      admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void createTopics() {
      TopicCreator.createMissing(settings);
    }

    @Override
    public void close() {
      if (admin != null) {
        admin.close(Duration.ZERO);
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
