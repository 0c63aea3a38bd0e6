package io.wishbone.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientConnectionTest {

  private final ChannelHandler idle = new ChannelInboundHandlerAdapter();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @AfterEach
  void close() {
    channel.close();
  }

  private int handlers() {
    return channel.pipeline().toMap().size();
  }

  @Test
  void holdsTheAlarmBackUntilItIsClosed() {
    channel.pipeline().addLast("idle", idle);
    int before = handlers();
    PatientConnection connection = PatientConnection.of(channel.pipeline());
    assertThat(handlers()).isEqualTo(before + 1);
    connection.close();
    assertThat(handlers()).isEqualTo(before);
  }

  @Test
  void isOpenedAndClosedAlthoughTheClientLeavesRightThen() {
    channel.pipeline().addLast("idle", idle);
    assertThatCode(() -> PatientConnection.of(leaving(channel.pipeline())).close())
        .doesNotThrowAnyException();
    assertThat(channel.pipeline().get("idle")).isNull();
  }

  /// Loses its handler as soon as somebody has seen it.
  private static ChannelPipeline leaving(ChannelPipeline pipeline) {
    return (ChannelPipeline)
        Proxy.newProxyInstance(
            PatientConnectionTest.class.getClassLoader(),
            new Class<?>[] {ChannelPipeline.class},
            (_, method, arguments) -> {
              try {
                Object result = method.invoke(pipeline, arguments);
                if (method.getName().equals("get") && result != null) {
                  pipeline.remove("idle");
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }
}
