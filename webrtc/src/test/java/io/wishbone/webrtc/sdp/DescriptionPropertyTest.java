package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DescriptionPropertyTest {

  @Property(tries = 300)
  void whatWasReadIsReadAgainFromWhatIsWritten(
      @ForAll("descriptions") SessionDescription description) throws SdpParseException {
    assertThat(SessionDescription.parse(description.write())).isEqualTo(description);
    assertThat(Thoroughly.readDescription(description.write())).isTrue();
  }

  @Property(tries = 300)
  void whatIsWrittenInPlaceOfALineIsKeptOrRefused(
      @ForAll("names") String name,
      @ForAll @IntRange(max = 600) int at,
      @ForAll("lines") String line) {
    List<String> lines = RealClients.text(name).lines().toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == at % lines.size() ? line : lines.get(i)).append("\r\n");
    }

    Thoroughly.readDescription(text.toString());
    Thoroughly.readFragment(text.toString());
  }

  @Property(tries = 300)
  void aChangedCharacterIsKeptOrRefused(
      @ForAll("names") String name, @ForAll @IntRange(max = 7000) int at, @ForAll char changed) {
    StringBuilder text = new StringBuilder(RealClients.text(name));
    text.setCharAt(at % text.length(), changed);

    Thoroughly.readDescription(text.toString());
    Thoroughly.readFragment(text.toString());
  }

  @Property(tries = 300)
  void aCutTextIsKeptOrRefused(@ForAll("names") String name, @ForAll @IntRange(max = 7000) int at) {
    String text = RealClients.text(name);

    Thoroughly.readDescription(text.substring(0, at % text.length()));
    Thoroughly.readFragment(text.substring(at % text.length()));
  }

  @Property(tries = 300)
  void everyCandidateIsReadAgain(@ForAll("candidates") IceCandidate candidate) {
    assertThat(IceCandidate.parse(candidate.write())).isEqualTo(candidate);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(RealClients.DESCRIPTIONS);
  }

  /// Attributes that have a type, with values that may or may not fit it.
  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> attributes =
        Arbitraries.of(
            "candidate",
            "extmap",
            "fingerprint",
            "fmtp",
            "group",
            "ice-pwd",
            "ice-ufrag",
            "mid",
            "msid",
            "rid",
            "rtcp-fb",
            "rtpmap",
            "setup",
            "simulcast",
            "ssrc",
            "ssrc-group");
    Arbitrary<String> values =
        Arbitraries.strings().withChars(" 019/:;,=~*abAsendrecv-").ofMaxLength(40);
    Arbitrary<String> wild = Arbitraries.strings().ofMaxLength(60);
    return Arbitraries.oneOf(
        Combinators.combine(attributes, values).as((name, value) -> "a=" + name + ":" + value),
        values.map(value -> "m=" + value),
        wild);
  }

  @Provide
  Arbitrary<SessionDescription> descriptions() {
    Arbitrary<List<Attribute>> attributes = attributes().list().ofMaxSize(20);
    Arbitrary<MediaDescription> sections =
        Combinators.combine(
                Arbitraries.of("audio", "video", "application", "text"),
                Arbitraries.integers().between(0, 65535),
                Arbitraries.integers().between(0, 127).map(String::valueOf).list().ofMinSize(1),
                attributes)
            .as((kind, port, formats, ofSection) -> {
              MediaDescriptionBuilder builder =
                  MediaDescription.builder(kind, port, "UDP/TLS/RTP/SAVPF");
              formats.stream().limit(128).forEach(builder::format);
              ofSection.forEach(builder::with);
              return builder.build();
            });
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(0), attributes, sections.list().ofMaxSize(4))
        .as((id, ofSession, media) -> SessionDescription.of(Origin.of(id), ofSession, media));
  }

  @Provide
  Arbitrary<IceCandidate> candidates() {
    Arbitrary<String> words =
        Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(20);
    Arbitrary<String> addresses =
        Arbitraries.of("192.0.2.1", "2001:db8::1", "name.local", "example.org");
    Arbitrary<Integer> ports = Arbitraries.integers().between(0, 65535);
    Arbitrary<List<IceCandidate.Extension>> extensions =
        Combinators.combine(
                words.filter(name -> !name.equals("raddr") && !name.equals("rport")), words)
            .as(IceCandidate.Extension::new)
            .list()
            .ofMaxSize(4);
    return Combinators.combine(
            words.filter(foundation -> !foundation.startsWith("candidate:")),
            Arbitraries.integers().between(0, 999),
            Arbitraries.of("udp", "UDP", "tcp", "quic"),
            Arbitraries.longs().between(0, 0xffff_ffffL),
            addresses,
            ports,
            addresses.injectNull(0.5),
            extensions)
        .as((foundation, component, transport, priority, address, port, related, more) ->
            new IceCandidate(
                foundation,
                component,
                transport,
                priority,
                address,
                port,
                "host",
                related,
                related == null ? -1 : port,
                more));
  }

  private Arbitrary<Attribute> attributes() {
    Arbitrary<Long> ssrcs = Arbitraries.longs().between(0, 0xffff_ffffL);
    Arbitrary<Integer> types = Arbitraries.integers().between(0, 127);
    Arbitrary<String> tokens =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> texts =
        Arbitraries.strings()
            .ofMaxLength(30)
            .filter(text -> text.chars().noneMatch(Character::isISOControl));
    return Arbitraries.oneOf(
        candidates().map(IceCandidate::attribute),
        Arbitraries.of(Direction.class).map(Direction::attribute),
        Arbitraries.of(SetupRole.class).map(SetupRole::attribute),
        Combinators.combine(types, tokens)
            .as((type, name) -> new RtpMap(type, name, 90000, 1).attribute()),
        Combinators.combine(types, tokens, texts)
            .as((type, name, text) -> new Attribute("fmtp", type + " " + name + "=" + text)),
        Combinators.combine(types, tokens)
            .as((type, name) -> new RtcpFeedback(type, name, null).attribute()),
        Combinators.combine(types.filter(id -> id > 0), tokens)
            .as((id, uri) -> new ExtensionMap(id, "urn:" + uri).attribute()),
        Combinators.combine(ssrcs, texts)
            .as((ssrc, cname) -> SsrcAttribute.cname(ssrc, cname).attribute()),
        ssrcs.list().ofMaxSize(3).map(list -> new SsrcGroup("FID", list).attribute()),
        Combinators.combine(tokens, tokens)
            .as((stream, track) -> new Msid(stream, track).attribute()),
        tokens.map(id -> new RidDescription(id, RidDirection.SEND).attribute()),
        tokens.list().ofMaxSize(3).map(mids -> MediaGroup.bundle(mids).attribute()),
        Combinators.combine(tokens.map(name -> "x-" + name), texts).as(Attribute::new));
  }
}
