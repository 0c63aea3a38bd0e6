package io.wishbone.control;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What ties together what several programs do for one session: the `traceparent` of W3C Trace
/// Context, version 00.
///
/// It goes along with what is done on a thread while it is bound there, and carriers take it with
/// every command and event, so that whoever handles those finds it bound as well. Nothing here
/// records anything: programs that are to be traced do.
///
/// @param value such as `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`
public record TraceParent(String value) {

  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

  private static final ScopedValue<TraceParent> CURRENT = ScopedValue.newInstance();

  public TraceParent {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a traceparent");
    }
  }

  /// @param traceId 32 hexadecimal digits
  /// @param spanId 16 hexadecimal digits
  /// @param isSampled whether anybody records the trace
  public static TraceParent of(String traceId, String spanId, boolean isSampled) {
    return new TraceParent("00-" + traceId + "-" + spanId + "-" + (isSampled ? "01" : "00"));
  }

  /// Null when the text is none.
  public static @Nullable TraceParent parse(@Nullable String text) {
    return text != null && FORM.matcher(text).matches() ? new TraceParent(text) : null;
  }

  /// What is bound on this thread, null when nothing is.
  public static @Nullable TraceParent current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  public String traceId() {
    return part(1);
  }

  public String spanId() {
    return part(2);
  }

  public boolean isSampled() {
    return (Integer.parseInt(part(3), 16) & 1) == 1;
  }

  private String part(int group) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalStateException("checked when it was made");
    }
    return matcher.group(group);
  }

  /// Does something with this bound.
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /// The same, for work with a result.
  public <T extends @Nullable Object> T call(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /// Does something with this bound, or with nothing more than before where there is none.
  public static void run(@Nullable TraceParent trace, Runnable work) {
    if (trace == null) {
      work.run();
    } else {
      trace.run(work);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
