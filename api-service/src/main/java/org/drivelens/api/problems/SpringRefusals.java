package org.drivelens.api.problems;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** Reads from Spring's exceptions which field or parameter is at fault. */
final class SpringRefusals {

  private SpringRefusals() {}

  static ApiProblem of(Exception e, HttpStatusCode status) {
    return switch (e) {
      case MethodArgumentNotValidException body ->
          ApiProblem.of(ProblemType.INVALID_REQUEST, fields(body));
      case HandlerMethodValidationException parameters ->
          ApiProblem.of(ProblemType.INVALID_REQUEST, parameters(parameters));
      case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
      case MissingServletRequestParameterException missing ->
          ApiProblem.of(ProblemType.INVALID_REQUEST, missing.getParameterName(), "is missing");
      case HttpMessageNotReadableException body -> body(body);
      case HttpRequestMethodNotSupportedException method ->
          ApiProblem.of(
              ProblemType.METHOD_NOT_ALLOWED, method.getMethod() + " is not possible here.");
      case HttpMediaTypeNotSupportedException media ->
          ApiProblem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              media.getContentType() == null
                  ? "Content-Type is missing or unreadable."
                  : "Content-Type must be application/json.");
      default -> plain(status);
    };
  }

  private static ApiProblem plain(HttpStatusCode status) {
    var type = ProblemType.of(status.value());
    return ApiProblem.of(type, type.title() + ".");
  }

  private static ApiProblem body(HttpMessageNotReadableException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLarge) {
        return plain(ProblemType.BODY_TOO_LARGE.status());
      }
    }
    if (e.getCause() instanceof JacksonException json) {
      return UnreadableBody.of(json);
    }
    return ApiProblem.of(ProblemType.INVALID_REQUEST, "body", "is missing or unreadable");
  }

  private static List<InvalidField> fields(MethodArgumentNotValidException e) {
    return e.getBindingResult().getAllErrors().stream()
        .map(error ->
            new InvalidField(
                error instanceof FieldError field ? field.getField() : "body",
                message(error.getDefaultMessage())))
        .sorted((a, b) -> a.field().compareTo(b.field()))
        .toList();
  }

  private static List<InvalidField> parameters(HandlerMethodValidationException e) {
    var errors = new ArrayList<InvalidField>();
    for (var result : e.getParameterValidationResults()) {
      var name = result.getMethodParameter().getParameterName();
      for (var error : result.getResolvableErrors()) {
        errors.add(
            new InvalidField(
                name == null ? "parameter" : name, message(error.getDefaultMessage())));
      }
    }
    return errors;
  }

  private static ApiProblem mismatch(MethodArgumentTypeMismatchException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiProblem problem) {
        return ApiProblem.of(problem.type(), e.getName(), problem.detail());
      }
    }
    var type = e.getRequiredType();
    var message =
        type == int.class || type == Integer.class
            ? "must be a whole number"
            : type == boolean.class
                ? "must be true or false"
                : type != null && type.isEnum()
                    ? "is not one of the possible values"
                    : "is not as it should be";
    return ApiProblem.of(ProblemType.INVALID_REQUEST, e.getName(), message);
  }

  private static String message(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "is not as it should be" : message;
  }
}
