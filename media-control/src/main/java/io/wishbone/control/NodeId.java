package io.wishbone.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// Names one media node, such as a host or pod name. A restarted node may keep its name.
public record NodeId(@JsonValue String value) implements Comparable<NodeId> {

  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public NodeId {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException("not a node id");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
