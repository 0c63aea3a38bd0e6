package io.wishbone.webrtc.jsep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A description as its lines say it: nothing is judged yet.
record SdpText(String text, List<String> session, List<SdpSection> sections) {

  static SdpText of(String text) {
    List<String> session = new ArrayList<>();
    List<List<String>> blocks = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("m=")) {
        blocks.add(new ArrayList<>());
      }
      (blocks.isEmpty() ? session : blocks.getLast()).add(line);
    }
    List<SdpSection> sections = new ArrayList<>();
    for (List<String> block : blocks) {
      List<String> words = List.of(block.getFirst().substring(2).strip().split("\\s+"));
      sections.add(new SdpSection(words, block.subList(1, block.size()), session));
    }
    return new SdpText(text, session, sections);
  }

  List<String> values(String name) {
    return SdpSection.values(session, name);
  }

  /// The mids of each BUNDLE group.
  List<List<String>> bundles() {
    List<List<String>> bundles = new ArrayList<>();
    for (String group : values("group")) {
      List<String> words = Arrays.asList(group.split("\\s+"));
      if (words.getFirst().equals("BUNDLE")) {
        bundles.add(words.subList(1, words.size()));
      }
    }
    return bundles;
  }

  /// Those that name sections which are there. The others count as absent: FFmpeg 8 writes `BUNDLE
  /// 0 1` even when it has one section.
  List<List<String>> usableBundles() {
    List<String> mids = new ArrayList<>();
    sections.forEach(section -> mids.add(section.mid()));
    return bundles().stream().filter(mids::containsAll).toList();
  }
}
