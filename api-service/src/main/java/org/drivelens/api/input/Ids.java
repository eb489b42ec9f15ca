package org.drivelens.api.input;

import java.util.UUID;
import java.util.regex.Pattern;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.event.EventId;
import org.springframework.core.convert.converter.Converter;

/** Ids in paths. Java's own parser also takes "1-1-1-1-1". */
final class Ids {

  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  static UUID uuid(String text) {
    if (!UUID_SHAPE.matcher(text).matches()) {
      throw ApiProblem.of(
          ProblemType.INVALID_REQUEST,
          "must be an id such as 0198a1b2-0000-7000-8000-000000000000");
    }
    return UUID.fromString(text);
  }

  static final class ToUuid implements Converter<String, UUID> {
    @Override
    public UUID convert(String text) {
      return uuid(text);
    }
  }

  static final class ToEventId implements Converter<String, EventId> {
    @Override
    public EventId convert(String text) {
      return new EventId(uuid(text));
    }
  }
}
