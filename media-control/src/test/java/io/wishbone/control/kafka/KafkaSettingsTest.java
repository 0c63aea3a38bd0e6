package io.wishbone.control.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.junit.jupiter.api.Test;

/// As the clients of Kafka themselves read the settings, with what they take where nothing is said.
class KafkaSettingsTest {

  private final KafkaSettings settings = new KafkaSettings("unused:9092");

  private List<ConsumerConfig> consumers() {
    return Stream.of(
            settings.consumer("pod-watch"),
            KafkaNodeEvents.group(settings, "pod"),
            LifecycleReader.group(settings, "pod"))
        .map(ConsumerConfig::new)
        .toList();
  }

  private List<ProducerConfig> producers() {
    return Stream.of(
            settings.producer("pod-commands"),
            settings.eventProducer("node-publish"),
            settings.lifecycleProducer("pod-lifecycle"))
        .map(ProducerConfig::new)
        .toList();
  }

  /// While it does, nobody hears what another broker has long taken over.
  @Test
  void nobodyWaitsLongForABrokerThatStandsStill() {
    Stream.of(consumers(), producers(), List.of(new AdminClientConfig(settings.common("admin"))))
        .flatMap(List::stream)
        .map(AbstractConfig.class::cast)
        .forEach(config ->
            assertThat(config.getInt(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG))
                .isEqualTo(2_000));
  }

  /// An answer that a broker holds back, for want of records, is not late.
  @Test
  void consumersWaitLongerThanBrokersLetThem() {
    assertThat(consumers())
        .allSatisfy(config ->
            assertThat(config.getInt(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG))
                .isGreaterThanOrEqualTo(
                    2 * config.getInt(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG)));
  }

  /// A broker that stands still is asked for the last time before the group has to do without the
  /// member.
  @Test
  void membersOfGroupsAskAnotherBrokerBeforeTheyAreMissed() {
    assertThat(consumers().subList(1, 3))
        .allSatisfy(config ->
            assertThat(
                    config.getInt(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG)
                        + config.getInt(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG))
                .isLessThan(config.getInt(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)));
  }
}
