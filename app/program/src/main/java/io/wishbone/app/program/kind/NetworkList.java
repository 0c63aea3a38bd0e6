package io.wishbone.app.program.kind;

import java.util.Arrays;

/// Machines that others may come from.
public record NetworkList() implements ValueKind {

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
    return IpLiteral.isValid(address)
        && (slash < 0 || new WholeNumber("BITS", 0, bits).accepts(network.substring(slash + 1)));
  }
}
