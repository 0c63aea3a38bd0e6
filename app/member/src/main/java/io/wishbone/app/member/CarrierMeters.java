package io.wishbone.app.member;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wishbone.control.kafka.LostMessages;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Shows whether Kafka is there, and what came to nothing on the way between pods and nodes.
public final class CarrierMeters {

  private CarrierMeters() {}

  /// @param isReachable whether a broker can be reached
  /// @param lost counts up
  public static void show(
      MeterRegistry registry, BooleanSupplier isReachable, Supplier<LostMessages> lost) {
    Gauge.builder("wishbone.kafka.up", () -> isReachable.getAsBoolean() ? 1 : 0)
        .description("1 while a broker can be reached, else 0")
        .register(registry);
    show(registry, lost, "malformed", LostMessages::malformed);
    show(registry, lost, "late", LostMessages::late);
    show(registry, lost, "dropped", LostMessages::dropped);
  }

  /// What the counter is of is held weakly, and would be gone with the next collection: the
  /// registry stays.
  private static void show(
      MeterRegistry registry,
      Supplier<LostMessages> lost,
      String reason,
      ToLongFunction<LostMessages> count) {
    FunctionCounter.builder(
            "wishbone.carrier.lost.messages", registry, _ -> count.applyAsLong(lost.get()))
        .description(
            "Messages over Kafka that could not be read (malformed), came after their deadline (late),"
                + " or found too many before them, or no broker that takes them (dropped)")
        .tag("reason", reason)
        .register(registry);
  }
}
