package io.wishbone.webrtc.jsep;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// RFC 8866: the form of the text; and what the strictest clients need of it.
final class TextRules implements AnswerChecker.Rules {
  /// FFmpeg's buffer for an answer.
  private static final int MAX_BYTES = 8192;

  private static final String SESSION_ORDER = "vosiuepcbtrza";
  private static final String SECTION_ORDER = "icba";
  private static final Pattern LINE = Pattern.compile("[a-z]=[\\x20-\\x7e]+");
  private static final Pattern ORIGIN =
      Pattern.compile("o=- [0-9]{1,19} [0-9]{1,19} IN IP[46] \\S+");
  private static final Set<String> SESSION_ATTRIBUTES =
      Set.of("group", "extmap-allow-mixed", "ice-lite", "ice-options");

  @Override
  public void check(Exchange exchange) {
    String text = exchange.answer().text();
    exchange.require(
        text.startsWith("v=0\r\n"), "RFC 8866 section 5.1", "the answer begins with v=0 and CRLF");
    exchange.require(
        text.endsWith("\r\n") && !text.replace("\r\n", "").matches("(?s).*[\r\n].*"),
        "RFC 8866 section 5",
        "every line ends in CRLF");
    exchange.require(!text.contains("\r\n\r\n"), "RFC 8866 section 5", "no line is empty");
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    exchange.require(bytes < MAX_BYTES, "FFmpeg", bytes + " bytes are fewer than " + MAX_BYTES);
    for (String line : text.lines().toList()) {
      exchange.require(
          LINE.matcher(line).matches(), "RFC 8866 section 5", "'" + line + "' is <type>=<value>");
    }
    checkSession(exchange, exchange.answer().session());
    for (SdpSection section : exchange.answer().sections()) {
      checkOrder(exchange, section.lines(), SECTION_ORDER, section.toString());
      exchange.require(
          count(section.lines(), "c=") == 1, "RFC 8866 section 5.7", section, "has one c= line");
      var seen = new HashSet<String>();
      for (String line : section.lines()) {
        exchange.require(seen.add(line), "RFC 8866", section, "says '" + line + "' once");
      }
    }
  }

  private static void checkSession(Exchange exchange, List<String> session) {
    checkOrder(exchange, session, SESSION_ORDER, "the session");
    for (String type : List.of("v=", "o=", "s=", "t=")) {
      exchange.require(
          count(session, type) == 1, "RFC 8866 section 5", "there is one " + type + " line");
    }
    for (String line : session) {
      switch (line.substring(0, Math.min(2, line.length()))) {
        case "o=" ->
            exchange.require(
                ORIGIN.matcher(line).matches(), "RFC 9429 section 5.2.1", "'" + line + "' is o=");
        case "s=" -> exchange.require(line.equals("s=-"), "RFC 9429 section 5.2.1", "s= is -");
        case "t=" -> exchange.require(line.equals("t=0 0"), "RFC 9429 section 5.2.1", "t= is 0 0");
        case "a=" ->
            exchange.require(
                SESSION_ATTRIBUTES.contains(SdpSection.name(line)),
                "RFC 9429 section 5.3.1",
                "the session says nothing of a=" + SdpSection.name(line));
        default -> {}
      }
    }
  }

  private static void checkOrder(
      Exchange exchange, List<String> lines, String order, String where) {
    int last = 0;
    for (String line : lines) {
      int place = line.isEmpty() ? -1 : order.indexOf(line.charAt(0));
      exchange.require(
          place >= last, "RFC 8866 section 5", "in " + where + ", '" + line + "' is in its place");
      last = Math.max(last, place);
    }
  }

  private static long count(List<String> lines, String type) {
    return lines.stream().filter(line -> line.startsWith(type)).count();
  }
}
