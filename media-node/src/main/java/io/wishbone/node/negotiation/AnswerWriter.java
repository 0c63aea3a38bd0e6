package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.Attribute;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.ExtensionMap;
import io.wishbone.webrtc.sdp.FormatParameters;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaDescriptionBuilder;
import io.wishbone.webrtc.sdp.MediaGroup;
import io.wishbone.webrtc.sdp.Origin;
import io.wishbone.webrtc.sdp.RtpMap;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes answers that simple clients understand as well: port 9 in every section that is taken,
/// credentials, fingerprint and setup repeated in each, all candidates in the first (FFmpeg reads
/// its first candidate and nothing else) and in the tagged one (RFC 9143 section 7.3), should that
/// be another, `a=rtcp-mux-only` as in RFC 9725's own example.
final class AnswerWriter {
  /// The discard port: the real one is in the candidates (RFC 8840 section 4.1.1).
  private static final int PORT = 9;

  private final LocalTransport local;
  private final NegotiatedPeer peer;
  private final Direction direction;
  private final List<String> bundle;
  private final List<MediaDescription> sections = new ArrayList<>();
  private boolean hasCandidates;

  /// @param bundle the mids of what is taken, as [Sections#bundle] gives them
  AnswerWriter(
      List<String> bundle, LocalTransport local, NegotiatedPeer peer, Direction direction) {
    this.bundle = List.copyOf(bundle);
    this.local = local;
    this.peer = peer;
    this.direction = direction;
  }

  void reject(MediaDescription offered) {
    sections.add(offered.rejection());
  }

  /// Takes a section.
  ///
  /// @param more attributes of one kind of answer only
  void accept(MediaDescription offered, NegotiatedTrack track, List<Attribute> more) {
    MediaDescriptionBuilder section =
        MediaDescription.builder(offered.kindText(), PORT, offered.protocol());
    String mid = offered.mid();
    if (mid != null) {
      section.mid(mid);
    }
    section
        .with(direction)
        .iceCredentials(local.iceCredentials())
        .with(local.fingerprint())
        .with(
            switch (peer.dtlsRole()) {
              case SERVER -> SetupRole.PASSIVE;
              case CLIENT -> SetupRole.ACTIVE;
            })
        .flag("rtcp-mux")
        .flag("rtcp-mux-only");
    if (offered.rtcpReducedSize()) {
      section.flag("rtcp-rsize");
    }
    writeFormats(section, offered, track);
    writeExtensions(section, offered, track);
    more.forEach(section::with);
    if (!hasCandidates || isTagged(mid)) {
      hasCandidates = true;
      local.candidates().forEach(section::with);
      section.flag("end-of-candidates");
    }
    sections.add(section.build());
  }

  private boolean isTagged(@Nullable String mid) {
    return !bundle.isEmpty() && bundle.getFirst().equals(mid);
  }

  /// A browser sends what comes first: RED does where it was offered so.
  private static void writeFormats(
      MediaDescriptionBuilder section, MediaDescription offered, NegotiatedTrack track) {
    OfferedFormat format = track.format();
    RtpMap rtx = format.rtx();
    RtpMap red = format.red();
    boolean preferred = red != null && isBefore(offered, red, format.map());
    if (red != null && preferred) {
      section.rtpMap(red).fmtp(red.payloadType(), format.redParameters());
    }
    section.rtpMap(format.map()).fmtp(format.payloadType(), format.parameters());
    if (red != null && !preferred) {
      section.rtpMap(red).fmtp(red.payloadType(), format.redParameters());
    }
    for (Feedback feedback : Feedback.values()) {
      if (track.feedback().contains(feedback)) {
        section.with(feedback.on(format.payloadType()));
      }
    }
    if (rtx != null) {
      section
          .rtpMap(rtx)
          .fmtp(
              rtx.payloadType(),
              FormatParameters.of("apt", Integer.toString(format.payloadType())));
    }
  }

  private static boolean isBefore(MediaDescription offered, RtpMap one, RtpMap other) {
    List<Integer> order = offered.payloadTypes();
    return order.indexOf(one.payloadType()) < order.indexOf(other.payloadType());
  }

  private static void writeExtensions(
      MediaDescriptionBuilder section, MediaDescription offered, NegotiatedTrack track) {
    Set<Integer> written = new HashSet<>();
    for (ExtensionMap extension : offered.extensionMaps()) {
      int id = extension.id();
      if (track.extensionId(extension.uri()) == id && written.add(id)) {
        section.with(new ExtensionMap(id, extension.uri()));
      }
    }
  }

  SessionDescription write() {
    List<Attribute> session = new ArrayList<>();
    if (!bundle.isEmpty()) {
      session.add(MediaGroup.bundle(bundle).attribute());
    }
    if (peer.twoByteExtensions()) {
      session.add(Attribute.flag("extmap-allow-mixed"));
    }
    if (local.iceLite()) {
      session.add(Attribute.flag("ice-lite"));
    }
    session.add(new Attribute("ice-options", "trickle ice2"));
    return SessionDescription.of(Origin.of(local.sessionId()), session, sections);
  }
}
