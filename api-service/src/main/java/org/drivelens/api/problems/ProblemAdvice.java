package org.drivelens.api.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.drivelens.drive.DriveProblem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever a controller throws into a problem. Nothing of an unforeseen error is told. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final Duration DATABASE_AGAIN = Duration.ofSeconds(5);

  @ExceptionHandler
  @Nullable ResponseEntity<Object> refused(ApiProblem problem, WebRequest request) {
    var headers = new HttpHeaders();
    var retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
    }
    return answer(problem.type(), problem.detail(), problem.errors(), headers, request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> driveTrouble(DriveProblem trouble, WebRequest request) {
    return refused(DriveTrouble.of(trouble), request);
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class,
    // A connection that breaks within a transaction shows as a rollback that failed.
    TransactionSystemException.class,
    TransientDataAccessException.class,
    QueryTimeoutException.class
  })
  @Nullable ResponseEntity<Object> databaseDown(Exception e, WebRequest request) {
    log.warn("the database does not answer: {}", e.getMessage());
    return refused(
        ApiProblem.later(
            ProblemType.DATABASE_UNAVAILABLE,
            "The database does not answer. Try again in a few seconds.",
            DATABASE_AGAIN),
        request);
  }

  /** Parameters and headers are checked when they are first asked for, so they are refused late. */
  @ExceptionHandler({InvalidParameterException.class, RequestRejectedException.class})
  @Nullable ResponseEntity<Object> unreadableParameters(Exception e, WebRequest request) {
    return refused(
        ApiProblem.of(
            ProblemType.INVALID_REQUEST, "query", "holds characters that are not allowed"),
        request);
  }

  /**
   * An answer that has begun cannot become a problem. Thrown again, the container cuts the
   * connection, so that nobody takes half an image for a whole one.
   */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> unforeseen(Exception e, WebRequest request) throws Exception {
    var response = ((ServletWebRequest) request).getResponse();
    if (response != null && response.isCommitted()) {
      throw e;
    }
    return unforeseenBeforeAnswer(e, request);
  }

  private @Nullable ResponseEntity<Object> unforeseenBeforeAnswer(Exception e, WebRequest request) {
    var number = UUID.randomUUID();
    log.error("unforeseen error {}", number, e);
    return refused(
        ApiProblem.of(ProblemType.INTERNAL_ERROR, "The log names the cause under " + number + "."),
        request);
  }

  /** Everything that Spring MVC itself refuses comes through here. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (status.is5xxServerError()) {
      return unforeseenBeforeAnswer(e, request);
    }
    var problem = SpringRefusals.of(e, status);
    return answer(problem.type(), problem.detail(), problem.errors(), headers, request);
  }

  private static @Nullable ResponseEntity<Object> answer(
      ProblemType type,
      String detail,
      List<InvalidField> errors,
      HttpHeaders headers,
      WebRequest request) {
    var web = (ServletWebRequest) request;
    HttpServletRequest asked = web.getRequest();
    HttpServletResponse response = web.getResponse();
    if (response != null && response.isCommitted()) {
      return null;
    }
    return ResponseEntity.status(type.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problem.of(type, detail, asked.getRequestURI(), errors));
  }
}
