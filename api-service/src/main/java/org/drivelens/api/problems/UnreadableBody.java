package org.drivelens.api.problems;

import java.time.LocalDate;
import java.util.Collection;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says what is wrong with a JSON body in the caller's words: Jackson's own messages name our
 * classes.
 */
public final class UnreadableBody {

  private static final Pattern DUPLICATE = Pattern.compile("Duplicate Object property \"(.*)\"");

  private UnreadableBody() {}

  public static ApiProblem of(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          invalid(path(unknown), "is not a field of this request");
      case MismatchedInputException wrong -> invalid(path(wrong), expected(wrong.getTargetType()));
      case StreamConstraintsException _ ->
          ApiProblem.of(
              ProblemType.MALFORMED_JSON,
              "The JSON is nested too deeply, or has too long a name or number.");
      case StreamReadException broken -> broken(broken);
      default -> invalid(path(e), "is not as it should be");
    };
  }

  private static ApiProblem broken(StreamReadException e) {
    var duplicate = DUPLICATE.matcher(e.getOriginalMessage());
    if (duplicate.find()) {
      return ApiProblem.of(ProblemType.MALFORMED_JSON, duplicate.group(1), "is given twice");
    }
    var at = e.getLocation();
    return ApiProblem.of(
        ProblemType.MALFORMED_JSON,
        "The body is not JSON: see line %d, column %d."
            .formatted(at.getLineNr(), at.getColumnNr()));
  }

  private static ApiProblem invalid(String field, String message) {
    return ApiProblem.of(ProblemType.INVALID_REQUEST, field, message);
  }

  private static String path(JacksonException e) {
    var path = new StringBuilder();
    for (var step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.isEmpty() ? "body" : path.toString();
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "is of the wrong type";
    }
    if (type == String.class) {
      return "must be a text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "must be true or false";
    }
    if (type == Integer.class || type == int.class) {
      return "must be a whole number";
    }
    if (type == LocalDate.class) {
      return "must be a date such as 2026-05-14";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "must be a list";
    }
    var object = type.isRecord() && type.getRecordComponents().length > 1;
    return object || JsonNode.class.isAssignableFrom(type)
        ? "must be a JSON object"
        : "must be an id such as 0198a1b2-0000-7000-8000-000000000000";
  }
}
