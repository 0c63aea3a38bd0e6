package io.wishbone.app.signaling;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.kafka.KafkaPod;
import io.wishbone.signaling.webhooks.LifecycleNotice;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells programs of others over Kafka what becomes of streams and sessions, at least once: what a
/// node has reported counts as handled only when brokers have what is told of it.
@Singleton
final class LifecycleFeed {

  private final KafkaPod kafka;
  private final InstantSource clock = InstantSource.system();

  LifecycleFeed(KafkaPod kafka) {
    this.kafka = kafka;
  }

  void start(@Observes StartupEvent event) {
    kafka.subscribe(this::tell);
  }

  private CompletionStage<Void> tell(NodeEvent report) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (LifecycleNotice notice : LifecycleNotice.of(report, clock.instant())) {
      byte[] json = notice.json().getBytes(StandardCharsets.UTF_8);
      sent.add(kafka.tellOthers(notice.stream(), json).toCompletableFuture());
    }
    return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
  }
}
