package org.drivelens.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an event: a gallery and the Drive folder it follows. In JSON the bare UUID. */
public record EventId(@JsonValue UUID value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public EventId {}

  /**
   * @throws IllegalArgumentException if the text is not a UUID
   */
  public static EventId parse(String text) {
    return new EventId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
