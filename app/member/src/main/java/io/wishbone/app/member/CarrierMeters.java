package io.wishbone.app.member;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.wishbone.control.kafka.LostMessages;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Shows what came to nothing on the way between pods and nodes.
public final class CarrierMeters {

  private CarrierMeters() {}

  /// @param lost counts up
  public static void show(MeterRegistry registry, Supplier<LostMessages> lost) {
    show(registry, lost, "malformed", LostMessages::malformed);
    show(registry, lost, "late", LostMessages::late);
    show(registry, lost, "dropped", LostMessages::dropped);
  }

  private static void show(
      MeterRegistry registry,
      Supplier<LostMessages> lost,
      String reason,
      ToLongFunction<LostMessages> count) {
    FunctionCounter.builder(
            "wishbone.carrier.lost.messages", lost, each -> count.applyAsLong(each.get()))
        .description(
            "Messages over Kafka that could not be read, came after their deadline, or found too many"
                + " before them")
        .tag("reason", reason)
        .register(registry);
  }
}
