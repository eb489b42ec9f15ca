package org.drivelens.contract;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.support.converter.MessageConversionException;
import org.springframework.amqp.support.converter.MessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages are plain JSON with a version header; the AMQP property {@code type} names the message,
 * never a class. An unknown type, an unknown version or JSON that does not fit is a {@link
 * MessageConversionException}: Spring rejects such a message without requeue, and the broker
 * dead-letters it.
 */
public final class ContractConverter implements MessageConverter {

  /** Raised when a field changes its meaning; new optional fields do not raise it. */
  static final int VERSION = 1;

  static final String VERSION_HEADER = "version";

  private static final Map<String, Class<?>> TYPES =
      Stream.of(
              Command.SyncRequested.class,
              Command.FeedPollRequested.class,
              Command.SyncDue.class,
              Command.MarkDue.class,
              Command.CleanUpDue.class,
              Notice.SyncFinished.class,
              Notice.SyncFailed.class)
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private final JsonMapper json =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  @Override
  public Message toMessage(Object message, MessageProperties properties) {
    properties.setType(message.getClass().getSimpleName());
    properties.setHeader(VERSION_HEADER, VERSION);
    properties.setMessageId(UUID.randomUUID().toString());
    properties.setContentType(MessageProperties.CONTENT_TYPE_JSON);
    properties.setContentEncoding("UTF-8");
    return new Message(json.writeValueAsBytes(message), properties);
  }

  @Override
  public Object fromMessage(Message message) {
    var properties = message.getMessageProperties();
    var name = properties.getType();
    var type = name == null ? null : TYPES.get(name);
    if (type == null) {
      throw new MessageConversionException(
          name == null ? "it has no message type" : "unknown message type " + name);
    }
    if (!(properties.getHeader(VERSION_HEADER) instanceof Number version)
        || version.intValue() != VERSION) {
      throw new MessageConversionException("unknown version of " + name);
    }
    try {
      return json.readValue(message.getBody(), type);
    } catch (JacksonException e) {
      throw new MessageConversionException("unreadable " + name, e);
    }
  }
}
