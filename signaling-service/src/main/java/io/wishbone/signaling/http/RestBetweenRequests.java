package io.wishbone.signaling.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The time of a connection between two requests, in which it does not count as idle. It ends with
/// the first byte that comes, complete or not, and begins to count as idle then.
///
/// Runs on the connection's event loop.
final class RestBetweenRequests {

  private final IdleStateHandler idle;
  private final BooleanSupplier isOver;
  private final Semaphore places;
  private long untilNanos;
  private boolean rests;

  private RestBetweenRequests(IdleStateHandler idle, BooleanSupplier isOver, Semaphore places) {
    this.idle = idle;
    this.places = places;
    this.isOver = isOver;
  }

  /// That of a connection, which has one from its first request on.
  ///
  /// @param isOver whether no connection rests any more
  /// @param places one for each connection that rests; those that find none count as idle
  /// @return null if connections are never idle, or this one has gone
  static @Nullable RestBetweenRequests of(
      ChannelPipeline pipeline, BooleanSupplier isOver, Semaphore places) {
    FirstBytes known = pipeline.get(FirstBytes.class);
    if (known != null) {
      return known.rest;
    }
    if (!(pipeline.get(PatientConnection.IDLE_HANDLER) instanceof IdleStateHandler idle)) {
      return null;
    }
    var rest = new RestBetweenRequests(idle, isOver, places);
    try {
      pipeline.addAfter(PatientConnection.IDLE_HANDLER, null, rest.new Alarm());
      pipeline.addFirst(new FirstBytes(rest));
      return rest;
    } catch (NoSuchElementException _) {
      // The connection has gone in between, and all of its handlers with it.
      return null;
    }
  }

  /// @param longest after this it counts as idle
  void begin(Duration longest) {
    untilNanos = System.nanoTime() + longest.toNanos();
    rests = rests || places.tryAcquire();
  }

  private void end() {
    if (rests) {
      rests = false;
      places.release();
      idle.resetReadTimeout();
    }
  }

  private boolean holds() {
    return rests && !isOver.getAsBoolean() && untilNanos - System.nanoTime() > 0;
  }

  /// Sees bytes before they are a request.
  private static final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final RestBetweenRequests rest;

    FirstBytes(RestBetweenRequests rest) {
      this.rest = rest;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      rest.end();
      context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      rest.end();
      context.fireChannelInactive();
    }
  }

  /// Holds back the alarm of the handler before it.
  private final class Alarm extends ChannelInboundHandlerAdapter {

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof IdleStateEvent) || !holds()) {
        context.fireUserEventTriggered(event);
      }
    }
  }
}
