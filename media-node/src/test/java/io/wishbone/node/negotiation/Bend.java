package io.wishbone.node.negotiation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One change to an offer that leaves most of it standing.
///
/// @param at the line that is changed, counted around
/// @param line what is put in
record Bend(What what, int at, String line) {

  enum What {
    REMOVE,
    REPEAT,
    INSERT,
    REPLACE_NAMESAKES,
    SWAP_SECTIONS,
    PORT_ZERO,
    TURN_AROUND
  }

  /// Lines that offers have, with values that are legal in some place at least.
  static final List<String> LINES =
      List.of(
          "a=setup:active",
          "a=setup:passive",
          "a=setup:actpass",
          "a=sendonly",
          "a=recvonly",
          "a=sendrecv",
          "a=inactive",
          "a=group:BUNDLE 1 0",
          "a=group:BUNDLE 0",
          "a=group:BUNDLE 0 1 2",
          "a=group:BUNDLE",
          "a=group:LS 0 1",
          "a=mid:0",
          "a=mid:1",
          "a=mid:new",
          "a=rtcp-mux",
          "a=rtcp-rsize",
          "a=bundle-only",
          "a=extmap-allow-mixed",
          "a=ice-lite",
          "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
          "a=extmap:5 urn:ietf:params:rtp-hdrext:sdes:mid",
          "a=extmap:20/sendonly urn:ietf:params:rtp-hdrext:sdes:mid",
          "a=extmap:4100 urn:ietf:params:rtp-hdrext:sdes:mid",
          "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
          "a=rid:h send",
          "a=rid:h send pt=102;max-width=640",
          "a=rid:m send pt=96,97",
          "a=rid:l recv",
          "a=rid:h,m send",
          "a=simulcast:send h;m;l",
          "a=simulcast:send h,m;~l",
          "a=simulcast:send h",
          "a=simulcast:recv l",
          "a=simulcast:send h recv l",
          "a=simulcast:send x",
          "a=rtcp-fb:* nack pli",
          "a=rtcp-fb:* transport-cc",
          "a=rtcp-fb:96 nack",
          "a=rtpmap:96 H264/90000",
          "a=rtpmap:96 VP8/8000",
          "a=rtpmap:111 OPUS/48000/2",
          "a=rtpmap:111 opus/48000",
          "a=rtpmap:97 rtx/90000",
          "a=fmtp:97 apt=96",
          "a=fmtp:97 apt=97",
          "a=fmtp:97 apt=102",
          "a=fmtp:103 apt=96",
          "a=fmtp:96 profile-level-id=640c1f;packetization-mode=1",
          "a=fmtp:96 packetization-mode=0",
          "a=fmtp:96 packetization-mode=1;packetization-mode=1",
          "a=fmtp:102 packetization-mode=2",
          "a=fmtp:102 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1",
          "a=fmtp:98 profile-id=2",
          "a=fmtp:45 profile=1",
          "a=fmtp:111 stereo=1;sprop-stereo=1;x=y",
          "a=msid:- audio",
          "a=msid:other video",
          "a=msid-semantic: WMS",
          "a=ssrc:1 cname:x",
          "a=candidate:1 1 udp 1 192.0.2.1 9 typ host",
          "a=candidate:1 0 udp 1 abc.local 9 typ host",
          "a=end-of-candidates",
          "a=ice-ufrag:abcd",
          "a=ice-pwd:abcdefghijklmnopqrstuvwx",
          "a=ice-options:trickle renomination",
          "a=x-unknown:value",
          "b=AS:1000",
          "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
          "m=audio 9 UDP/TLS/RTP/SAVPF 0 8",
          "m=video 0 UDP/TLS/RTP/SAVPF 96",
          "m=video 9 UDP/TLS/RTP/SAVPF 97 96",
          "m=video 9 UDP/TLS/RTP/SAVPF 103 102 97 96",
          "m=video 9 TCP/TLS/RTP/SAVPF 96",
          "m=text 9 UDP/TLS/RTP/SAVPF 96");

  static String all(String offer, List<Bend> bends) {
    List<String> lines = new ArrayList<>(offer.lines().toList());
    bends.forEach(bend -> bend.apply(lines));
    return String.join("\r\n", lines) + "\r\n";
  }

  private void apply(List<String> lines) {
    int index = 4 + at % (lines.size() - 4);
    switch (what) {
      case REMOVE -> lines.remove(index);
      case REPEAT -> lines.add(index, lines.get(index));
      case INSERT -> lines.add(index, line);
      case REPLACE_NAMESAKES -> replaceNamesakes(lines);
      case SWAP_SECTIONS -> swapSections(lines);
      case PORT_ZERO -> lines.replaceAll(this::withPortZero);
      case TURN_AROUND -> Collections.swap(lines, index, lines.size() - 1);
    }
  }

  /// In every place where a line of this kind stands.
  private void replaceNamesakes(List<String> lines) {
    int colon = line.indexOf(line.startsWith("m=") ? ' ' : ':');
    String name = colon < 0 ? line : line.substring(0, colon);
    lines.replaceAll(old -> old.startsWith(name) ? line : old);
  }

  private static void swapSections(List<String> lines) {
    List<List<String>> blocks = new ArrayList<>();
    blocks.add(new ArrayList<>());
    for (String old : lines) {
      if (old.startsWith("m=")) {
        blocks.add(new ArrayList<>());
      }
      blocks.getLast().add(old);
    }
    Collections.reverse(blocks.subList(1, blocks.size()));
    lines.clear();
    blocks.forEach(lines::addAll);
  }

  private String withPortZero(String old) {
    return old.startsWith(at % 2 == 0 ? "m=audio" : "m=video")
        ? old.replaceFirst(" [0-9]+ ", " 0 ")
        : old;
  }
}
