package io.wishbone.node.relay;

import io.wishbone.node.negotiation.Feedback;
import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.negotiation.OfferedFormat;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.ExtensionMap;
import io.wishbone.webrtc.sdp.FormatParameters;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaDescriptionBuilder;
import io.wishbone.webrtc.sdp.RidDescription;
import io.wishbone.webrtc.sdp.RidDirection;
import io.wishbone.webrtc.sdp.RtpMap;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.sdp.SsrcAttribute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One track in a parent's answer, to text and back.
final class RelayedSection {
  /// More than a track keeps.
  private static final int MAX_ENCODINGS = 16;

  private static final int MAX_EXTENSION_ID = 255;

  /// Whatever the source takes, its parent takes these. How wide the way to the source is, is for
  /// the node to say that the source sends to.
  private static final List<Feedback> SPOKEN =
      List.of(Feedback.PACKET_LOSS, Feedback.PICTURE_LOSS, Feedback.FULL_INTRA_REQUEST);

  private RelayedSection() {}

  /// @param first whether the section's transport serves all
  static MediaDescription write(
      RelayedTrack track, String mid, boolean first, LocalTransport local) {
    NegotiatedTrack negotiated = track.negotiated();
    OfferedFormat format = negotiated.format();
    MediaDescriptionBuilder section =
        RelaySdp.section(
            RelayOffer.name(negotiated.codec().kind()),
            mid,
            local,
            SetupRole.PASSIVE,
            Direction.SENDONLY);
    section.rtpMap(format.map()).fmtp(format.payloadType(), format.parameters());
    for (Feedback feedback : SPOKEN) {
      section.with(feedback.on(format.payloadType()));
    }
    RtpMap red = format.red();
    if (red != null) {
      section.rtpMap(red).fmtp(red.payloadType(), format.redParameters());
    }
    RtpMap rtx = format.rtx();
    if (rtx != null) {
      String apt = Integer.toString(format.payloadType());
      section.rtpMap(rtx).fmtp(rtx.payloadType(), FormatParameters.of("apt", apt));
    }
    negotiated.extensionIds().forEach((uri, id) -> section.with(new ExtensionMap(id, uri)));
    String sourceMid = negotiated.mid();
    if (sourceMid != null) {
      section.with(RelaySdp.SOURCE_MID, sourceMid);
    }
    negotiated.rids().forEach(rid -> section.with(new RidDescription(rid, RidDirection.SEND)));
    track.encodings().forEach(encoding -> write(section, encoding));
    if (first) {
      local.candidates().forEach(section::with);
      section.flag("end-of-candidates");
    }
    return section.build();
  }

  private static void write(MediaDescriptionBuilder section, RelayedEncoding encoding) {
    String index = Long.toString(encoding.packetIndex());
    section.with(new SsrcAttribute(encoding.ssrc(), RelaySdp.INDEX, index));
    if (encoding.rid() != null) {
      section.with(new SsrcAttribute(encoding.ssrc(), RelaySdp.SOURCE_RID, encoding.rid()));
    }
  }

  static RelayedTrack read(MediaDescription section) throws RelayRejectedException {
    List<RtpMap> maps = section.rtpMaps();
    Codec codec = maps.isEmpty() ? null : Codec.named(maps.getFirst().encodingName());
    if (codec == null || !RelayOffer.name(codec.kind()).equals(section.kindText())) {
      throw new RelayRejectedException("a section of the answer has no codec that is known");
    }
    RtpMap map = maps.getFirst();
    var format =
        new OfferedFormat(
            codec, map, section.fmtp(map.payloadType()), find(maps, "rtx"), find(maps, "red"));
    List<String> rids = section.rids().stream().map(RidDescription::id).toList();
    var negotiated =
        new NegotiatedTrack(
            section.value(RelaySdp.SOURCE_MID),
            format,
            feedback(section, map.payloadType()),
            extensions(section),
            rids);
    return new RelayedTrack(negotiated, encodings(section, rids));
  }

  private static @Nullable RtpMap find(List<RtpMap> maps, String encodingName) {
    for (RtpMap map : maps.subList(1, maps.size())) {
      if (map.isEncoding(encodingName)) {
        return map;
      }
    }
    return null;
  }

  private static Set<Feedback> feedback(MediaDescription section, int payloadType) {
    Set<Feedback> agreed = EnumSet.noneOf(Feedback.class);
    for (Feedback feedback : SPOKEN) {
      if (section.rtcpFeedback(payloadType).stream().anyMatch(feedback::matches)) {
        agreed.add(feedback);
      }
    }
    return agreed;
  }

  private static Map<String, Integer> extensions(MediaDescription section) {
    Map<String, Integer> ids = new HashMap<>();
    for (ExtensionMap extension : section.extensionMaps()) {
      if (extension.id() >= 1 && extension.id() <= MAX_EXTENSION_ID) {
        ids.putIfAbsent(extension.uri(), extension.id());
      }
    }
    return ids;
  }

  private static List<RelayedEncoding> encodings(MediaDescription section, List<String> rids)
      throws RelayRejectedException {
    Map<Long, Long> indexes = new LinkedHashMap<>();
    Map<Long, String> names = new HashMap<>();
    for (SsrcAttribute attribute : section.ssrcAttributes()) {
      String value = attribute.value();
      if (value != null && attribute.name().equals(RelaySdp.INDEX)) {
        indexes.put(attribute.ssrc(), index(value));
      } else if (value != null && attribute.name().equals(RelaySdp.SOURCE_RID)) {
        names.put(attribute.ssrc(), value);
      }
    }
    List<RelayedEncoding> encodings = new ArrayList<>();
    for (Map.Entry<Long, Long> entry : indexes.entrySet()) {
      String rid = names.get(entry.getKey());
      if (isNamed(rid, rids) && encodings.size() < MAX_ENCODINGS) {
        encodings.add(new RelayedEncoding(entry.getKey(), rid, entry.getValue()));
      }
    }
    return encodings;
  }

  private static boolean isNamed(@Nullable String rid, List<String> rids) {
    return rid == null ? rids.isEmpty() : rids.contains(rid);
  }

  private static long index(String text) throws RelayRejectedException {
    try {
      long index = Long.parseLong(text);
      if (index >= 0 && index < 1L << 48) {
        return index;
      }
    } catch (NumberFormatException _) {
      // The same as a number that is too large.
    }
    throw new RelayRejectedException("an encoding stands at no packet index");
  }
}
