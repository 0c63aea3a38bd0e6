package io.wishbone.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestBetweenRequestsTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Object> events = new ArrayList<>();
  private final Semaphore places = new Semaphore(1);
  private boolean isOver;

  @BeforeEach
  void begin() {
    channel.pipeline().addLast("idle", new IdleStateHandler(0, 0, 3_600));
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext context, Object event) {
                events.add(event);
              }
            });
  }

  @AfterEach
  void close() {
    channel.close();
  }

  private RestBetweenRequests rest() {
    return RestBetweenRequests.of(channel.pipeline(), () -> isOver, places);
  }

  private void alarm() {
    channel.pipeline().context("idle").fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
  }

  @Test
  void holdsTheAlarmBackUntilBytesCome() {
    rest().begin(LONG);
    alarm();
    assertThat(events).isEmpty();
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'P'}));
    alarm();
    assertThat(events).hasSize(1);
  }

  @Test
  void doesNotLastForever() {
    rest().begin(Duration.ZERO);
    alarm();
    assertThat(events).hasSize(1);
  }

  @Test
  void endsWhenTheServerLeaves() {
    rest().begin(LONG);
    isOver = true;
    alarm();
    assertThat(events).hasSize(1);
  }

  @Test
  void isOneForAllRequestsOfAConnection() {
    RestBetweenRequests first = rest();
    int handlers = channel.pipeline().toMap().size();
    assertThat(rest()).isSameAs(first);
    assertThat(channel.pipeline().toMap()).hasSize(handlers);
  }

  @Test
  void takesAPlaceUntilItEndsOrTheConnectionDoes() {
    rest().begin(LONG);
    rest().begin(LONG);
    assertThat(places.availablePermits()).isZero();
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'P'}));
    assertThat(places.availablePermits()).isEqualTo(1);
    rest().begin(LONG);
    channel.close();
    assertThat(places.availablePermits()).isEqualTo(1);
  }

  @Test
  void countsAsIdleWithoutAPlace() {
    places.drainPermits();
    rest().begin(LONG);
    alarm();
    assertThat(events).hasSize(1);
  }

  @Test
  void passesOtherEventsOn() {
    rest().begin(LONG);
    channel.pipeline().fireUserEventTriggered("another");
    assertThat(events).containsExactly("another");
  }

  @Test
  void isNotThereWithoutAnAlarm() {
    channel.pipeline().remove("idle");
    assertThat(rest()).isNull();
  }
}
