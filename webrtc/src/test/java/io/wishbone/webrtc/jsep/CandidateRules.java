package io.wishbone.webrtc.jsep;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// RFC 8839 section 5.1, RFC 8445 section 5.2, RFC 9725 section 4.3.2: all candidates are there,
/// and the first is of use to everybody.
final class CandidateRules implements AnswerChecker.Rules {
  private static final String FORM = "RFC 8839 section 5.1";
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "(?<foundation>[A-Za-z0-9+/]{1,32}) (?<component>[0-9]{1,5}) (?<transport>[A-Za-z]+)"
              + " (?<priority>[0-9]{1,10}) (?<address>\\S+) (?<port>[0-9]{1,5}) typ (?<type>\\S+)");

  /// Type preference 126, in the highest byte (RFC 8445 section 5.1.2).
  private static final int HOST_PREFERENCE = 126;

  @Override
  public void check(Exchange exchange) {
    List<Exchange.Pair> accepted = exchange.acceptedPairs();
    for (Exchange.Pair pair : accepted) {
      SdpSection section = pair.answered();
      check(exchange, section, section.values("candidate"));
      exchange.require(
          section.has("candidate") == section.has("end-of-candidates"),
          "RFC 8840 section 4.2",
          section,
          "has a=end-of-candidates behind its candidates");
    }
    if (accepted.isEmpty()) {
      return;
    }
    SdpSection first = accepted.getFirst().answered();
    exchange.require(
        first.has("candidate"), "RFC 9725 section 4.3.2", first, "is the first and has candidates");
    SdpSection tagged = exchange.taggedPair().answered();
    exchange.require(
        tagged.values("candidate").equals(first.values("candidate")),
        "RFC 9143 section 7.1.3",
        tagged,
        "is the tagged section and has the candidates");
  }

  private static void check(Exchange exchange, SdpSection section, List<String> candidates) {
    var places = new HashSet<String>();
    long lastPriority = Long.MAX_VALUE;
    boolean isFirst = true;
    for (String candidate : candidates) {
      Matcher parts = CANDIDATE.matcher(candidate);
      exchange.require(parts.matches(), FORM, section, "'" + candidate + "' is a candidate");
      if (!parts.matches()) {
        continue;
      }
      String address = parts.group("address");
      boolean isIpv4 = IPV4.matcher(address).matches();
      exchange.require(
          isIpv4 || IPV6.matcher(address).matches(), FORM, section, address + " is an IP address");
      exchange.require(
          !isFirst || (isIpv4 && parts.group("transport").equalsIgnoreCase("udp")),
          "RFC 9725 section 4.3.2",
          section,
          "has a first candidate that is UDP, IPv4, host");
      exchange.require(
          parts.group("type").equals("host"),
          "RFC 8445 section 5.2",
          section,
          "is lite: host only");
      exchange.require(
          parts.group("component").equals("1"), "RFC 5761 section 5.1.3", section, "component 1");
      int port = Integer.parseInt(parts.group("port"));
      exchange.require(port > 0 && port < 65536, FORM, section, "port " + port + " is one");
      long priority = Long.parseLong(parts.group("priority"));
      exchange.require(
          priority >> 24 == HOST_PREFERENCE,
          "RFC 8445 section 5.1.2",
          section,
          "priority of hosts");
      exchange.require(
          priority < lastPriority, "RFC 8445 section 5.1.2", section, "priorities descend");
      exchange.require(
          places.add(address + " " + port), "RFC 8445 section 5.2", section, "one an address");
      lastPriority = priority;
      isFirst = false;
    }
  }
}
