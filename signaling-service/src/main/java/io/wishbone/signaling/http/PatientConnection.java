package io.wishbone.signaling.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The connection of a request that is answered late on purpose: it does not count as idle until
/// then, and it is noticed when the client goes away.
///
/// The framework closes connections on which nothing flows (`quarkus.http.idle-timeout`). That
/// timeout stays short, for it is what ends slow attacks; here its alarm is held back instead.
public final class PatientConnection implements AutoCloseable {

  /// The name that Vert.x gives its handler that notices idle connections.
  static final String IDLE_HANDLER = "idle";

  private final @Nullable ChannelPipeline pipeline;
  private final ChannelHandler silencer = new IdleSilencer();

  private PatientConnection(@Nullable ChannelPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /// @param onGone called, on an event loop, when the client has gone or the response is out
  public static PatientConnection of(RoutingContext routing, Runnable onGone) {
    routing.addEndHandler(_ -> onGone.run());
    ChannelPipeline pipeline =
        routing.request().connection() instanceof HttpServerConnection connection
            ? connection.channel().pipeline()
            : null;
    return of(pipeline);
  }

  static PatientConnection of(@Nullable ChannelPipeline pipeline) {
    var patient = new PatientConnection(pipeline);
    patient.holdIdleAlarm();
    return patient;
  }

  private void holdIdleAlarm() {
    if (pipeline != null && pipeline.get(IDLE_HANDLER) != null) {
      try {
        pipeline.addAfter(IDLE_HANDLER, null, silencer);
      } catch (NoSuchElementException _) {
        // The connection has gone in between, and all of its handlers with it.
      }
    }
  }

  /// From now on, silence counts again.
  @Override
  public void close() {
    if (pipeline != null && pipeline.context(silencer) != null) {
      try {
        pipeline.remove(silencer);
      } catch (NoSuchElementException _) {
        // The connection has gone, and all of its handlers with it.
      }
    }
  }

  private static final class IdleSilencer extends ChannelInboundHandlerAdapter {

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof IdleStateEvent)) {
        context.fireUserEventTriggered(event);
      }
    }
  }
}
