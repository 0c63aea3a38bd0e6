package io.wishbone.app.member;

import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Says that the program is not ready while what it needs is away. It is alive all the same: a
/// restart would end sessions, and bring nothing back.
public record Reachability(String name, BooleanSupplier isReachable) implements HealthCheck {

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named(name).status(isReachable.getAsBoolean()).build();
  }
}
