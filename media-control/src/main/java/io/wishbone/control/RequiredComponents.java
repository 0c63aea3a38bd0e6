package io.wishbone.control;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// Looks whether a message that was read says all that it has to: everything that is not marked
/// [Nullable], which is what the compiler holds our own code to.
final class RequiredComponents {

  private RequiredComponents() {}

  static void check(Record message) throws MalformedMessageException {
    for (RecordComponent component : message.getClass().getRecordComponents()) {
      if (!isOptional(component) && value(component, message) == null) {
        throw new MalformedMessageException(component.getName() + " is missing");
      }
    }
  }

  private static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static @Nullable Object value(RecordComponent component, Record message) {
    try {
      return component.getAccessor().invoke(message);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("messages are public, and so are their accessors", e);
    }
  }
}
