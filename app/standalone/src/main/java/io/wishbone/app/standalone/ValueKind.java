package io.wishbone.app.standalone;

import io.wishbone.signaling.ice.IceServerUri;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a setting may be.
sealed interface ValueKind {

  /// A TCP or UDP port.
  Number PORT = new Number("PORT", 1, 65_535);

  /// Stands for the value in the help text.
  String label();

  /// Finishes the sentence "it has to be …".
  String allowed();

  boolean accepts(String value);

  /// A whole number.
  record Number(String label, int least, int most) implements ValueKind {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    @Override
    public String allowed() {
      return "a number from " + least + " to " + most;
    }

    @Override
    public boolean accepts(String value) {
      if (!DIGITS.matcher(value).matches()) {
        return false;
      }
      int number = Integer.parseInt(value);
      return number >= least && number <= most;
    }
  }

  /// Yes or no; as an option it needs no value.
  record Flag() implements ValueKind {

    @Override
    public String label() {
      return "[true|false]";
    }

    @Override
    public String allowed() {
      return "true or false";
    }

    @Override
    public boolean accepts(String value) {
      return value.equals("true") || value.equals("false");
    }
  }

  /// One of a few words.
  record Choice(List<String> words) implements ValueKind {

    static Choice of(String... words) {
      return new Choice(List.of(words));
    }

    @Override
    public String label() {
      return String.join("|", words);
    }

    @Override
    public String allowed() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public boolean accepts(String value) {
      return words.contains(value);
    }
  }

  /// Some of a few words, in an order that matters.
  record ChoiceList(List<String> words) implements ValueKind {

    static ChoiceList of(String... words) {
      return new ChoiceList(List.of(words));
    }

    @Override
    public String label() {
      return "LIST";
    }

    @Override
    public String allowed() {
      return "some of " + String.join(", ", words) + ", with commas between them";
    }

    @Override
    public boolean accepts(String value) {
      List<String> chosen = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
      return words.containsAll(chosen) && chosen.stream().distinct().count() == chosen.size();
    }
  }

  /// Nothing of it, or some of a few words.
  record OffOr(ChoiceList choices) implements ValueKind {

    private static final String OFF = "off";

    @Override
    public String label() {
      return OFF + "|" + choices.label();
    }

    @Override
    public String allowed() {
      return OFF + ", or " + choices.allowed();
    }

    @Override
    public boolean accepts(String value) {
      return value.equals(OFF) || choices.accepts(value);
    }
  }

  /// An address to listen on.
  record LocalAddress() implements ValueKind {

    @Override
    public String label() {
      return "ADDRESS";
    }

    @Override
    public String allowed() {
      return "an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them";
    }

    @Override
    public boolean accepts(String value) {
      return value.equals("localhost") || isLiteral(value);
    }
  }

  /// Addresses that others reach us at.
  record AddressList() implements ValueKind {

    private static final Pattern PLACE =
        Pattern.compile(
            "(?<name>[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\\[(?<bracketed>[0-9A-Fa-f:.]+)])"
                + "(:(?<port>[0-9]{1,5}))?");

    @Override
    public String label() {
      return "HOST[:PORT]";
    }

    @Override
    public String allowed() {
      return "HOST or HOST:PORT, with commas between several, such as 203.0.113.7:9400 or"
          + " [2001:db8::7]:9400";
    }

    @Override
    public boolean accepts(String value) {
      return Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(this::acceptsOne);
    }

    private boolean acceptsOne(String place) {
      Matcher matcher = PLACE.matcher(place);
      if (!matcher.matches()) {
        return false;
      }
      String bracketed = matcher.group("bracketed");
      String port = matcher.group("port");
      return (bracketed == null || isLiteral(bracketed)) && (port == null || PORT.accepts(port));
    }
  }

  /// Machines that others may come from.
  record NetworkList() implements ValueKind {

    @Override
    public String label() {
      return "NETWORK";
    }

    @Override
    public String allowed() {
      return "an IP address or a network, with commas but no spaces between several, such as"
          + " 10.0.0.0/8,::1";
    }

    @Override
    public boolean accepts(String value) {
      return Arrays.stream(value.split(",", -1)).allMatch(NetworkList::acceptsOne);
    }

    private static boolean acceptsOne(String network) {
      int slash = network.indexOf('/');
      String address = slash < 0 ? network : network.substring(0, slash);
      int bits = address.indexOf(':') < 0 ? 32 : 128;
      return isLiteral(address)
          && (slash < 0 || new Number("BITS", 0, bits).accepts(network.substring(slash + 1)));
    }
  }

  /// How long something may take.
  record Time(Duration least, Duration most) implements ValueKind {

    private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    @Override
    public String label() {
      return "TIME";
    }

    @Override
    public String allowed() {
      return "a time from " + spoken(least) + " to " + spoken(most) + ", such as 7s or 1500ms";
    }

    @Override
    public boolean accepts(String value) {
      if (!PATTERN.matcher(value).matches()) {
        return false;
      }
      Duration time = read(value);
      return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    }

    /// A value that was accepted.
    static Duration read(String value) {
      Matcher matcher = PATTERN.matcher(value);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a time");
      }
      long count = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(count);
        case "s" -> Duration.ofSeconds(count);
        case "m" -> Duration.ofMinutes(count);
        default -> Duration.ofHours(count);
      };
    }

    private static String spoken(Duration time) {
      if (time.toMillisPart() != 0) {
        return time.toMillis() + "ms";
      }
      return time.toSeconds() % 60 == 0 && !time.isZero()
          ? time.toMinutes() + "m"
          : time.toSeconds() + "s";
    }
  }

  /// An address on the web.
  record WebAddress() implements ValueKind {

    private static final Pattern PATTERN =
        Pattern.compile("https?://[A-Za-z0-9.\\[\\]:_-]+(/[!-~&&[^\"<>\\\\^`{|}]]*)?");

    @Override
    public String label() {
      return "URL";
    }

    @Override
    public String allowed() {
      return "an https:// or http:// address";
    }

    @Override
    public boolean accepts(String value) {
      return PATTERN.matcher(value).matches();
    }
  }

  /// A file that can be read, or where `web` is set also an address.
  record Location(boolean web) implements ValueKind {

    @Override
    public String label() {
      return web ? "FILE|URL" : "FILE";
    }

    @Override
    public String allowed() {
      return "a file that can be read" + (web ? ", or " + new WebAddress().allowed() : "");
    }

    @Override
    public boolean accepts(String value) {
      if (web && new WebAddress().accepts(value)) {
        return true;
      }
      try {
        Path file = Path.of(value);
        return Files.isRegularFile(file) && Files.isReadable(file);
      } catch (InvalidPathException _) {
        return false;
      }
    }
  }

  /// Words of the user's own.
  record Text(String label, int shortest) implements ValueKind {

    @Override
    public String allowed() {
      return "at least " + shortest + (shortest == 1 ? " character" : " characters") + " long";
    }

    @Override
    public boolean accepts(String value) {
      return value.length() >= shortest;
    }
  }

  /// Words that nobody else may read.
  record Secret(int shortest) implements ValueKind {

    @Override
    public String label() {
      return "SECRET";
    }

    @Override
    public String allowed() {
      return new Text(label(), shortest).allowed();
    }

    @Override
    public boolean accepts(String value) {
      return value.length() >= shortest;
    }
  }

  /// What URLs begin with.
  record WebBase() implements ValueKind {

    private static final Pattern FORM =
        Pattern.compile(
            "https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])"
                + "(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?");

    @Override
    public String label() {
      return "URL";
    }

    @Override
    public String allowed() {
      return "an https:// or http:// address without a query, such as https://two.example.org";
    }

    @Override
    public boolean accepts(String value) {
      return FORM.matcher(value).matches();
    }
  }

  /// Servers that help clients to get through.
  record IceServerList() implements ValueKind {

    @Override
    public String label() {
      return "LIST";
    }

    @Override
    public String allowed() {
      return "stun: and turn: URIs with commas but no spaces between several, such as"
          + " stun:stun.example.org,turn:turn.example.org:3478?transport=udp";
    }

    @Override
    public boolean accepts(String value) {
      return Arrays.stream(value.split(",", -1)).allMatch(IceServerUri::isValid);
    }
  }

  private static boolean isLiteral(String address) {
    // The old short forms, such as 127.1, are mistakes more often than not.
    if (address.indexOf(':') < 0 && address.chars().filter(c -> c == '.').count() != 3) {
      return false;
    }
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return !parsed.isMulticastAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
