package io.wishbone.signaling.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wishbone.signaling.SignalingConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// Finds out where the keys are: in the configuration itself, in a file, at an address, or where
/// the issuer says (OpenID Connect Discovery 1.0 section 4). Tokens are never asked.
final class KeyPlaces {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_PORT = 65_535;

  private KeyPlaces() {}

  /// @throws IllegalStateException when the configuration names no keys, or a malformed address
  static KeyText of(SignalingConfig.Jwt config) {
    if (config.keyLocation().isPresent()) {
      String location = config.keyLocation().get();
      return isWeb(location)
          ? new Address(address("wishbone.jwt.key-location", location))
          : new InFile(Path.of(location));
    }
    if (config.issuer().isPresent() && isWeb(config.issuer().get())) {
      return new Discovered(address("wishbone.jwt.issuer", config.issuer().get()));
    }
    throw new IllegalStateException(
        "auth=jwt needs wishbone.jwt.key, wishbone.jwt.key-location, or a wishbone.jwt.issuer that"
            + " is a URL");
  }

  static boolean isWeb(String location) {
    String lower = location.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://");
  }

  /// The same. It may hold a password, so it is not repeated to whoever reads the refusal.
  private static String address(String setting, String location) {
    try {
      URI address = new URI(location);
      if (address.getHost() != null && address.getPort() <= MAX_PORT) {
        return location;
      }
    } catch (URISyntaxException _) {
      // Its message repeats the address.
    }
    throw new IllegalStateException(setting + " begins like a URL, but is malformed");
  }

  private static HttpText web() {
    return new HttpText(TIMEOUT, MAX_BYTES);
  }

  /// A file on this machine.
  record InFile(Path file) implements KeyText {
    @Override
    public String read() throws IOException {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("the file has more than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file);
    }

    @Override
    public String place() {
      return file.toString();
    }
  }

  /// An address that the configuration names.
  record Address(String place, HttpText web) implements KeyText {
    Address(String place) {
      this(place, KeyPlaces.web());
    }

    @Override
    public String read() throws IOException {
      return web.get(URI.create(place));
    }
  }

  /// An OpenID Connect provider, which says where its keys are.
  record Discovered(String place, HttpText web) implements KeyText {
    Discovered(String place) {
      this(place, KeyPlaces.web());
    }

    @Override
    public String read() throws IOException {
      String base = place.endsWith("/") ? place.substring(0, place.length() - 1) : place;
      String document = web.get(URI.create(base + "/.well-known/openid-configuration"));
      JsonNode metadata = new JsonMapper().readTree(document);
      if (!place.equals(metadata.path("issuer").textValue())) {
        throw new IOException("the discovery document is of another issuer");
      }
      String keys = metadata.path("jwks_uri").asText();
      boolean isSafe = keys.startsWith("https://") || (isWeb(keys) && place.startsWith("http://"));
      if (!isSafe) {
        throw new IOException("the discovery document names no https address for jwks_uri");
      }
      return web.get(address(keys));
    }

    private static URI address(String text) throws IOException {
      try {
        return URI.create(text);
      } catch (IllegalArgumentException malformed) {
        throw new IOException("the discovery document has a malformed jwks_uri", malformed);
      }
    }
  }
}
