package io.wishbone.signaling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Requests that nobody should send, byte by byte as they go over the wire.
final class MalformedRequests {

  /// @param name says what is wrong
  /// @param mayClose whether the server may close the connection without a word: what came is no
  ///   HTTP
  record Malformed(String name, byte[] bytes, boolean mayClose) {}

  private static final List<String> PROTOCOLS = List.of("whip", "whep");
  private static final String UNKNOWN = "a".repeat(24);

  private final List<Malformed> all = new ArrayList<>();
  private final String publisher;
  private final String player;

  /// @param publisher path of a live WHIP session
  /// @param player path of a live WHEP session
  MalformedRequests(String publisher, String player) {
    this.publisher = publisher;
    this.player = player;
    for (String protocol : PROTOCOLS) {
      offers(protocol);
      cutOffers(protocol);
      contentTypes(protocol);
      fragments(protocol);
      preconditions(protocol);
      sessionUrls(protocol);
      methods(protocol);
      streamNames(protocol);
    }
    lines();
    headers();
    framing();
    noHttp();
    all.addAll(new MalformedExtensionRequests(player, UNKNOWN).all());
  }

  List<Malformed> all() {
    return List.copyOf(all);
  }

  /// Damaged lines, before each line of an offer that is good without them.
  private void offers(String protocol) {
    List<String> lines = offer(protocol).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      for (String damage :
          List.of(
              "no equals sign",
              "a=\u0001",
              "a=" + "x".repeat(5000),
              "m=audio 99999 UDP/TLS/RTP/SAVPF 111",
              "a=fingerprint:sha-256 ZZ:00",
              "=a")) {
        var damaged = new ArrayList<>(lines);
        damaged.add(i, damage);
        add(
            "%s offer, line %d is '%.12s'".formatted(protocol, i + 1, damage),
            post(protocol, text(damaged)));
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches("(v|o|m)=.*|a=(ice-ufrag|ice-pwd|fingerprint):.*")) {
        var damaged = new ArrayList<>(lines);
        String removed = damaged.remove(i);
        add("%s offer without '%.12s'".formatted(protocol, removed), post(protocol, text(damaged)));
      }
    }
    String other = RealOffers.minimal(protocol.equals("whip") ? "recvonly" : "sendonly");
    add(protocol + " offer the wrong way", post(protocol, other));
    add(
        protocol + " offer that is inactive",
        post(protocol, other.replaceAll("a=(recv|send)only", "a=inactive")));
  }

  /// None of these gets as far as the fingerprint.
  private void cutOffers(String protocol) {
    String offer = offer(protocol);
    int end = offer.indexOf("a=fingerprint") + 20;
    IntStream.range(0, 40)
        .map(i -> i * end / 40)
        .forEach(length ->
            add(
                "%s offer of %d bytes".formatted(protocol, length),
                post(protocol, offer.substring(0, length))));
  }

  private void contentTypes(String protocol) {
    for (String type :
        List.of(
            "",
            "text/plain",
            "application/sdpx",
            "application/json",
            "application",
            "/",
            ";;;",
            "application/sdp2; charset=utf-8",
            "multipart/form-data",
            "\u00fc",
            "a/b/c",
            "*/*")) {
      add(
          "%s POST of '%s'".formatted(protocol, type),
          request("POST", "/" + protocol + "/endpoint/bad", offer(protocol), "Content-Type", type));
      add(
          "%s PATCH of '%s'".formatted(protocol, type),
          request("PATCH", session(protocol), "a=x\r\n", "Content-Type", type, "If-Match", "*"));
    }
  }

  private void fragments(String protocol) {
    for (String fragment :
        List.of(
            "",
            "no fragment",
            "a=\u0000",
            "=a",
            "a=ice-ufrag:EsAx\r\n",
            "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui2\r\n",
            "a=ice-ufrag:x\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui2\r\n",
            "a=ice-ufrag:EsAx\r\na=ice-pwd:short\r\n",
            "a=" + "x".repeat(5000),
            "a=mid:0\rm=audio",
            "\u00ff\u00fe",
            "{\"candidate\":\"\"}")) {
      add(
          "%s fragment '%.20s'".formatted(protocol, fragment),
          request(
              "PATCH",
              session(protocol),
              fragment,
              "Content-Type",
              Http.FRAGMENT,
              "If-Match",
              "*"));
    }
  }

  private void preconditions(String protocol) {
    for (String tag :
        List.of(
            "\"stale\"", "W/\"x\"", "x", "\"", "\"\"", "\"a\", \"b\"", "*x", ",", "\"a\"b", "W/")) {
      add(
          "%s PATCH if %s".formatted(protocol, tag),
          request(
              "PATCH",
              session(protocol),
              "a=end-of-candidates\r\n",
              "Content-Type",
              Http.FRAGMENT,
              "If-Match",
              tag));
    }
    add(
        protocol + " PATCH without If-Match",
        request(
            "PATCH", session(protocol), "a=end-of-candidates\r\n", "Content-Type", Http.FRAGMENT));
  }

  private void sessionUrls(String protocol) {
    for (String id :
        List.of(
            UNKNOWN,
            "x",
            "a".repeat(500),
            "%00",
            "%2F",
            "..%2Fendpoint",
            "a;b",
            "%0d%0aX:y",
            "~",
            "a%20b",
            "%F0%9F%92%A9")) {
      for (String method : List.of("PATCH", "DELETE", "GET", "HEAD")) {
        add(
            "%s %s of session '%.12s'".formatted(protocol, method, id),
            request(
                method,
                "/" + protocol + "/resource/" + id,
                method.equals("PATCH") ? "a=x\r\n" : "",
                "Content-Type",
                Http.FRAGMENT,
                "If-Match",
                "*"));
      }
    }
  }

  private void methods(String protocol) {
    for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "FOO", "post", "PROPFIND")) {
      add(
          "%s %s of an endpoint".formatted(protocol, method),
          request(method, "/" + protocol + "/endpoint/bad", offer(protocol)));
    }
    for (String method : List.of("PUT", "POST", "TRACE", "FOO", "patch")) {
      add(
          "%s %s of a session".formatted(protocol, method),
          request(method, session(protocol), "x"));
    }
  }

  private void streamNames(String protocol) {
    for (String name :
        List.of(
            "-x",
            ".x",
            "..",
            "a".repeat(129),
            "a%20b",
            "a%2Fb",
            "a%5Cb",
            "%00",
            "a%0d%0ab",
            "a;b",
            "a%3Bb",
            "%C3%BC",
            "a,b",
            "a/b",
            "*",
            "a@b",
            "a:b",
            "a+b")) {
      add(
          "%s stream '%.12s'".formatted(protocol, name),
          request(
              "POST",
              "/" + protocol + "/endpoint/" + name,
              offer(protocol),
              "Content-Type",
              Http.SDP));
    }
  }

  private void lines() {
    String rest = "Host: a\r\nConnection: close\r\n\r\n";
    for (String line :
        List.of(
            "POST /whip/endpoint/bad",
            "POST whip/endpoint/bad HTTP/1.1",
            "POST  HTTP/1.1",
            "POST /whip/endpoint/" + "a".repeat(9000) + " HTTP/1.1",
            "POST /whip/endpoint/\u00fc HTTP/1.1",
            "POST /whip/endpoint/%zz HTTP/1.1",
            "POST * HTTP/1.1",
            "P\u00d6ST /whip/endpoint/bad HTTP/1.1",
            "POST /whip/../../etc/passwd HTTP/1.1")) {
      add("request line '%.40s'".formatted(line), (line + "\r\n" + rest).getBytes(ISO_8859_1));
    }
  }

  private void headers() {
    String line = "POST /whip/endpoint/bad HTTP/1.1\r\nConnection: close\r\n";
    for (String header :
        List.of(
            "X-A: b",
            "Host:",
            "Host: a\r\nHost: b",
            "Host: a:99999",
            "Host: a:b",
            "Host: a/b",
            "Host: u@a",
            "Host: [::1",
            "Host: a b",
            "Host: a\r\nno colon",
            "Host: a\r\n: no name",
            "Host: a\r\nX-A\u0000: b",
            "Host: a\r\nX A: b",
            "Host: a\r\nX-A: " + "b".repeat(20_000),
            "Host: a\r\n" + "X-A: b\r\n".repeat(4000) + "X-B: c",
            "Host: a\r\nContent-Length: -1",
            "Host: a\r\nContent-Length: x",
            "Host: a\r\nContent-Length: 99999999999999999999",
            "Host: a\r\nContent-Length: 70000",
            "Host: a\r\nContent-Length: 1\r\nContent-Length: 2",
            "Host: a\r\nContent-Length: 1, 2",
            "Host: a\r\nContent-Length: +1",
            "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1")) {
      String unreadable = header.replaceAll("(?s)(.{40}).+", "$1");
      add("header '%s'".formatted(unreadable), (line + header + "\r\n\r\n").getBytes(ISO_8859_1));
    }
  }

  private void framing() {
    String chunked =
        "POST /whip/endpoint/bad HTTP/1.1\r\nHost: a\r\nContent-Type: application/sdp\r\n"
            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    for (String body : List.of("0\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n")) {
      add("chunks '%.8s'".formatted(body.strip()), (chunked + body).getBytes(ISO_8859_1));
    }
    for (String broken : List.of("zz\r\n", "-1\r\n", "fffffffffff\r\n")) {
      all.add(
          new Malformed(
              "broken chunks '%.8s'".formatted(broken.strip()),
              (chunked + broken).getBytes(ISO_8859_1),
              true));
    }
    byte[] tooLarge =
        ("10000\r\n" + "a".repeat(0x10000) + "\r\n1\r\na\r\n0\r\n\r\n").getBytes(UTF_8);
    add("chunks of 64 KiB and more", concat(chunked.getBytes(ISO_8859_1), tooLarge));
  }

  private void noHttp() {
    Stream.of(
            "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003".repeat(20)
                + "\r\n\r\n",
            "\u0000".repeat(64) + "\r\n\r\n",
            "POST /whip/endpoint/bad HTTP/9.9\r\nHost: a\r\n\r\n",
            "POST /whip/endpoint/bad HTTX/1.1\r\nHost: a\r\n\r\n",
            "SSH-2.0-OpenSSH_9.9\r\n\r\n",
            "\r\n\r\n\r\nGARBAGE\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n" + "garbage".repeat(20))
        .forEach(text ->
            all.add(
                new Malformed(
                    "no HTTP: '%.36s'".formatted(text.strip()), text.getBytes(ISO_8859_1), true)));
  }

  private void add(String name, byte[] bytes) {
    all.add(new Malformed(name, bytes, false));
  }

  private String session(String protocol) {
    return protocol.equals("whip") ? publisher : player;
  }

  private static String offer(String protocol) {
    return RealOffers.minimal(protocol.equals("whip") ? "sendonly" : "recvonly");
  }

  private static String text(List<String> lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private static byte[] post(String protocol, String offer) {
    return request("POST", "/" + protocol + "/endpoint/bad", offer, "Content-Type", Http.SDP);
  }

  /// @param headers names and values in turn
  static byte[] request(String method, String path, String body, String... headers) {
    byte[] bytes = body.getBytes(ISO_8859_1);
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    head.append("Connection: close\r\nContent-Length: ").append(bytes.length).append("\r\n\r\n");
    return concat(head.toString().getBytes(ISO_8859_1), bytes);
  }

  private static byte[] concat(byte[]... parts) {
    var whole = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(whole::writeBytes);
    return whole.toByteArray();
  }
}
