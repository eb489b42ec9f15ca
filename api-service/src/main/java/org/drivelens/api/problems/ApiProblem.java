package org.drivelens.api.problems;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. Expected, so it carries no stack trace. */
public final class ApiProblem extends RuntimeException {

  private static final int NAMED_IN_DETAIL = 3;

  private final transient ProblemType type;
  private final transient List<InvalidField> errors;
  private final transient @Nullable Duration retryAfter;

  private ApiProblem(
      ProblemType type, String detail, List<InvalidField> errors, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  public static ApiProblem of(ProblemType type, String detail) {
    return new ApiProblem(type, detail, List.of(), null);
  }

  /** A trouble that passes: the answer says when to try again. */
  public static ApiProblem later(ProblemType type, String detail, Duration retryAfter) {
    return new ApiProblem(type, detail, List.of(), retryAfter);
  }

  /** One field or parameter is at fault. */
  public static ApiProblem of(ProblemType type, String field, String message) {
    return of(type, List.of(new InvalidField(field, message)));
  }

  /** Fields or parameters are at fault; the detail names the first of them. */
  public static ApiProblem of(ProblemType type, List<InvalidField> errors) {
    var first =
        errors.stream()
            .limit(NAMED_IN_DETAIL)
            .map(e -> e.field() + ": " + e.message())
            .collect(Collectors.joining("; "));
    var more = errors.size() - NAMED_IN_DETAIL;
    return new ApiProblem(type, more > 0 ? first + "; and " + more + " more" : first, errors, null);
  }

  /** There is no such event, any more. */
  public static ApiProblem notFound(String what) {
    return of(ProblemType.NOT_FOUND, what);
  }

  public ProblemType type() {
    return type;
  }

  public List<InvalidField> errors() {
    return errors;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  String detail() {
    var message = getMessage();
    return message == null ? type.title() : message;
  }
}
