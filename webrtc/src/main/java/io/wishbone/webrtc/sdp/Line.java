package io.wishbone.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/// A numbered `<type>=<value>` of a text that is being read.
record Line(int number, char type, String value) {

  /// Splits a text that is not to be trusted. Blank lines are allowed at its end only.
  static List<Line> split(String text) throws SdpParseException {
    if (text.length() > Limits.TEXT_LENGTH) {
      throw new SdpParseException(1, "the text is longer than " + Limits.TEXT_LENGTH);
    }
    int length = lengthWithoutBlankEnd(text);
    List<Line> lines = new ArrayList<>();
    int start = 0;
    while (start < length) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed;
      int next = end + 1;
      if (end > start && text.charAt(end - 1) == '\r') {
        end--;
      }
      lines.add(read(lines.size() + 1, text.substring(start, end)));
      start = next;
    }
    return lines;
  }

  private static int lengthWithoutBlankEnd(String text) {
    int length = text.length();
    while (length > 0 && " \r\n".indexOf(text.charAt(length - 1)) >= 0) {
      length--;
    }
    return length;
  }

  private static Line read(int number, String line) throws SdpParseException {
    if (line.length() > Limits.LINE_LENGTH) {
      throw new SdpParseException(number, "the line is longer than " + Limits.LINE_LENGTH);
    }
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        throw new SdpParseException(number, "the line has a control character");
      }
    }
    if (line.length() < 2
        || line.charAt(1) != '='
        || line.charAt(0) < 'a'
        || line.charAt(0) > 'z') {
      throw new SdpParseException(number, "the line does not begin with a small letter and '='");
    }
    return new Line(number, line.charAt(0), line.substring(2));
  }
}
