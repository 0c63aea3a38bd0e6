package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `a=simulcast:send <streams> recv <streams>`, RFC 8853 section 5.1. `;` stands between streams,
/// `,` between the alternatives of a stream.
public record SimulcastDescription(List<SimulcastStream> send, List<SimulcastStream> recv)
    implements AttributeValue {

  public SimulcastDescription {
    send = List.copyOf(send);
    recv = List.copyOf(recv);
    if (send.isEmpty() && recv.isEmpty()) {
      throw new InvalidValueException("a=simulcast has no streams");
    }
  }

  static SimulcastDescription parse(String value) {
    List<String> words = Grammar.words(value);
    List<SimulcastStream> send = List.of();
    List<SimulcastStream> recv = List.of();
    if (words.size() != 2 && words.size() != 4) {
      throw new InvalidValueException("a=simulcast is not a direction and streams");
    }
    for (int i = 0; i < words.size(); i += 2) {
      RidDirection direction = RidDirection.named(words.get(i));
      if (direction == RidDirection.SEND && send.isEmpty()) {
        send = streams(words.get(i + 1));
      } else if (direction == RidDirection.RECV && recv.isEmpty()) {
        recv = streams(words.get(i + 1));
      } else {
        throw new InvalidValueException("a=simulcast does not say send and recv once each");
      }
    }
    return new SimulcastDescription(send, recv);
  }

  /// The streams of one direction.
  public List<SimulcastStream> streams(RidDirection direction) {
    return switch (direction) {
      case SEND -> send;
      case RECV -> recv;
    };
  }

  /// Whether every rid is described, for its direction.
  boolean isDescribedBy(List<RidDescription> rids) {
    return isDescribedBy(rids, RidDirection.SEND) && isDescribedBy(rids, RidDirection.RECV);
  }

  @Override
  public Attribute attribute() {
    List<String> parts = new ArrayList<>();
    if (!send.isEmpty()) {
      parts.add("send " + write(send));
    }
    if (!recv.isEmpty()) {
      parts.add("recv " + write(recv));
    }
    return new Attribute("simulcast", String.join(" ", parts));
  }

  private boolean isDescribedBy(List<RidDescription> rids, RidDirection direction) {
    Set<String> described =
        rids.stream()
            .filter(rid -> rid.direction() == direction)
            .map(RidDescription::id)
            .collect(Collectors.toSet());
    return streams(direction).stream()
        .flatMap(stream -> stream.alternatives().stream())
        .allMatch(alternative -> described.contains(alternative.rid()));
  }

  private static List<SimulcastStream> streams(String text) {
    return Grammar.parts(text, ';').stream().map(SimulcastStream::parse).toList();
  }

  private static String write(List<SimulcastStream> streams) {
    return String.join(";", streams.stream().map(SimulcastStream::write).toList());
  }
}
