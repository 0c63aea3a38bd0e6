package io.wishbone.app.program;

import io.wishbone.app.program.kind.AddressList;
import io.wishbone.app.program.kind.LocalAddress;
import io.wishbone.app.program.kind.NetworkList;
import io.wishbone.app.program.kind.Time;
import io.wishbone.app.program.kind.WholeNumber;
import java.time.Duration;
import java.util.List;

/// Where a program listens, and is found.
public final class ListeningSettings {

  public static final Setting HTTP_PORT =
      new Setting(
          Group.LISTENING,
          "http-port",
          WholeNumber.PORT,
          "8080",
          "TCP port of HTTP: WHIP, WHEP, console");

  public static final Setting HTTPS_PORT =
      new Setting(
          Group.LISTENING,
          "https-port",
          WholeNumber.PORT,
          "8443",
          "TCP port of HTTPS, if there is a certificate");

  public static final Setting MEDIA_PORT =
      new Setting(
          Group.LISTENING,
          "media-port",
          WholeNumber.PORT,
          "9400",
          "UDP port of media; each worker after the first has the next one");

  public static final Setting BIND =
      new Setting(
          Group.LISTENING,
          "bind",
          new LocalAddress(),
          null,
          "Address of HTTP, and of media unless it is a loopback one: media are then received on all"
              + " addresses. If not set, 127.0.0.1 without authentication, so that only this machine is"
              + " let in, else 0.0.0.0, all addresses");

  public static final Setting ADVERTISE =
      new Setting(
          Group.LISTENING,
          "advertise",
          new AddressList(),
          null,
          "Where clients find the media port, if that is not an address of this machine: behind NAT, in"
              + " a container");

  public static final Setting TRUSTED_PROXIES =
      new Setting(
          Group.LISTENING,
          "trusted-proxies",
          new NetworkList(),
          "0.0.0.0/32",
          "Reverse proxies whose X-Forwarded headers are believed, for session URLs; no request comes"
              + " from 0.0.0.0");

  public static final Setting KEEP_ALIVE =
      new Setting(
          Group.LISTENING,
          "keep-alive",
          new Time(Duration.ofSeconds(5), Duration.ofHours(1)),
          "75s",
          "How long a connection of HTTP/1 is kept for its next request: longer than the reverse proxy"
              + " in front keeps its own, or requests are lost when both end it at the same time"
              + " (nginx and AWS 60 s, Google Cloud 600 s)");

  static final List<Setting> ALL =
      List.of(HTTP_PORT, HTTPS_PORT, MEDIA_PORT, BIND, ADVERTISE, TRUSTED_PROXIES, KEEP_ALIVE);

  private ListeningSettings() {}
}
