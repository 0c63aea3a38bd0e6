package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueKindTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT | 1",
        "HTTP_PORT | 65535",
        "WORKERS | 64",
        "BIND | 127.0.0.1",
        "BIND | 0.0.0.0",
        "BIND | ::",
        "BIND | ::1",
        "BIND | localhost",
        "ADVERTISE | media.example.org",
        "ADVERTISE | 203.0.113.7:9400",
        "ADVERTISE | [2001:db8::7]",
        "ADVERTISE | [2001:db8::7]:9400, 203.0.113.7",
        "TRUSTED_PROXIES | 192.0.2.1",
        "TRUSTED_PROXIES | 10.0.0.0/8,::1",
        "TRUSTED_PROXIES | 2001:db8::/32",
        "AUTH | jwt",
        "CODECS_VIDEO | h264",
        "CODECS_VIDEO | av1, vp9,vp8",
        "DEMO | false",
        "ICE_SERVERS | stun:stun.example.org",
        "REDIRECT_TO | https://two.example.org",
        "REDIRECT_TO | http://[::1]:8080/media/",
        "VIEWERS_PER_STREAM | 0",
        "ICE_SERVERS | stun:192.0.2.1:3478,turn:t.example.org?transport=udp",
        "SESSION_SILENCE_TIMEOUT | 1500ms",
        "SESSION_SILENCE_TIMEOUT | 7s",
        "SESSION_SILENCE_TIMEOUT | 10m",
        "JWT_KEY_LOCATION | https://id.example.org/keys?tenant=1",
        "JWT_KEY_LOCATION | http://[::1]:8080/keys",
        "JWT_SECRET | 0123456789abcdef0123456789abcdef",
      })
  void accepts(String name, String value) {
    assertThat(Named.setting(name).kind().accepts(value)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT | 0",
        "HTTP_PORT | 65536",
        "HTTP_PORT | -1",
        "HTTP_PORT | +80",
        "HTTP_PORT | 80a",
        "HTTP_PORT | 99999999999999999999",
        "HTTP_PORT | ٣",
        "WORKERS | 0",
        "ICE_SERVERS | stun.example.org",
        "REDIRECT_TO | two.example.org",
        "REDIRECT_TO | https://two.example.org?x=y",
        "REDIRECT_TO | https://user@two.example.org",
        "ICE_SERVERS | stun:a,",
        "TURN_TTL | 1s",
        "WORKERS | 65",
        "BIND | 127.1",
        "BIND | 256.0.0.1",
        "BIND | example.org",
        "BIND | 127.0.0.1:80",
        "BIND | 224.0.0.1",
        "ADVERTISE | 2001:db8::7",
        "ADVERTISE | [2001:db8::7:]:1",
        "ADVERTISE | host:0",
        "ADVERTISE | host:65536",
        "ADVERTISE | http://host",
        "ADVERTISE | a,,b",
        "ADVERTISE | -a",
        "TRUSTED_PROXIES | proxy.example.org",
        "TRUSTED_PROXIES | 10.0.0.0/33",
        "TRUSTED_PROXIES | 10.0.0.0/",
        "TRUSTED_PROXIES | 10.0.0.1,",
        "TRUSTED_PROXIES | ::/129",
        "AUTH | JWT",
        "AUTH | on",
        "AUTH | off,jwt",
        "AUTH | jwt,jwt",
        "AUTH | jwt,",
        "CODECS_VIDEO | vp8,vp8",
        "CODECS_VIDEO | opus",
        "CODECS_VIDEO | vp8,",
        "DEMO | yes",
        "SESSION_SILENCE_TIMEOUT | 7",
        "SESSION_SILENCE_TIMEOUT | 999ms",
        "SESSION_SILENCE_TIMEOUT | 11m",
        "SESSION_SILENCE_TIMEOUT | 9999999999s",
        "JWT_KEY_LOCATION | no-such-file.pem",
        "JWT_KEY_LOCATION | ftp://id.example.org/keys",
        "JWT_KEY_LOCATION | https://",
        "JWT_KEY_LOCATION | https://id.example.org/a b",
        "JWT_KEY_LOCATION | .",
        "CONFIG | https://example.org",
        "JWT_SECRET | 0123456789abcdef0123456789abcde",
      })
  void refuses(String name, String value) {
    assertThat(Named.setting(name).kind().accepts(value)).isFalse();
  }

  @Test
  void acceptsAFileThatIsThere(@TempDir Path directory) throws IOException {
    Path key = Files.writeString(directory.resolve("key.pem"), "");
    assertThat(AuthenticationSettings.JWT_KEY_LOCATION.kind().accepts(key.toString())).isTrue();
  }
}
