package io.wishbone.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Control messages as JSON objects, for carriers that cross a network. The property `type` holds
/// the record's simple name; what is null is left out; a time is text as in ISO 8601. Properties
/// that this version does not know are ignored, and so are reasons that it has no word for: that a
/// session has ended, or is to end, is what counts. So programs of two versions can live side by
/// side. Safe for use by many threads.
public final class ControlCodec {

  /// No message is larger: an offer is at most 64 KiB, and each of its bytes at most doubles when
  /// it is escaped.
  public static final int MAX_BYTES = 192 * 1024;

  private static final List<Class<?>> FAMILIES =
      List.of(Command.class, Reply.class, NodeEvent.class);

  private final ObjectMapper mapper = mapper();

  /// Tells Jackson what the sealed interfaces tell the compiler.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Typed {}

  /// Most encodings have no layers: nothing is written of them then.
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private interface Brief {}

  private static final class Times extends FromStringDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    Times() {
      super(Duration.class);
    }

    @Override
    protected Duration _deserialize(String text, DeserializationContext context)
        throws IOException {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException _) {
        throw context.weirdStringException(text, Duration.class, "not a time as in ISO 8601");
      }
    }
  }

  public byte[] encode(Command command) {
    return write(command, Command.class);
  }

  public byte[] encode(Reply reply) {
    return write(reply, Reply.class);
  }

  public byte[] encode(NodeEvent event) {
    return write(event, NodeEvent.class);
  }

  /// @param json null when a carrier has brought nothing, as Kafka does where a record has no value
  public Command decodeCommand(byte @Nullable [] json) throws MalformedMessageException {
    return read(json, Command.class);
  }

  /// @param json null as above
  public Reply decodeReply(byte @Nullable [] json) throws MalformedMessageException {
    return read(json, Reply.class);
  }

  /// @param json null as above
  public NodeEvent decodeEvent(byte @Nullable [] json) throws MalformedMessageException {
    return read(json, NodeEvent.class);
  }

  private <T> byte[] write(T message, Class<T> family) {
    try {
      return mapper.writerFor(family).writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("control messages can always be written", e);
    }
  }

  private <T> T read(byte @Nullable [] json, Class<T> family) throws MalformedMessageException {
    if (json == null) {
      throw new MalformedMessageException("nothing is no message");
    }
    if (json.length > MAX_BYTES) {
      throw new MalformedMessageException("larger than " + MAX_BYTES + " bytes");
    }
    try {
      T message = mapper.readValue(json, family);
      if (message == null) {
        throw new MalformedMessageException("null is no message");
      }
      if (message instanceof Record record) {
        RequiredComponents.check(record);
      }
      return message;
    } catch (IOException e) {
      throw new MalformedMessageException("not a " + family.getSimpleName(), e);
    }
  }

  private static ObjectMapper mapper() {
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(MAX_BYTES)
                    .maxNestingDepth(8)
                    .build())
            .build();
    var builder =
        JsonMapper.builder(factory)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    builder.defaultPropertyInclusion(
        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
    builder.addModule(
        new SimpleModule()
            .addSerializer(Duration.class, ToStringSerializer.instance)
            .addDeserializer(Duration.class, new Times()));
    builder.addMixIn(VideoLayer.class, Brief.class);
    for (Class<?> family : FAMILIES) {
      builder.addMixIn(family, Typed.class);
      for (Class<?> message : family.getPermittedSubclasses()) {
        builder.registerSubtypes(new NamedType(message, message.getSimpleName()));
      }
    }
    return builder.build();
  }
}
