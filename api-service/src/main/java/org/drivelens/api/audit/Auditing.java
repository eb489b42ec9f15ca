package org.drivelens.api.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drivelens.api.access.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Notes every request that was let in to change something, whoever adds the next operation. It is
 * noted when the action is done: a database that goes away right then loses the note, not the
 * action.
 */
@Configuration(proxyBeanMethods = false)
class Auditing implements WebMvcConfigurer, HandlerInterceptor {

  private static final Logger log = LoggerFactory.getLogger(Auditing.class);
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
  private static final String EVENTS = "/events/";

  private final AuditLog audit;

  Auditing(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception e) {
    if (READS.contains(request.getMethod()) || response.getStatus() >= 400) {
      return;
    }
    Caller.current().ifPresent(caller -> note(caller, request, response));
  }

  private void note(Caller caller, HttpServletRequest request, HttpServletResponse response) {
    var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    var action = request.getMethod() + " " + pattern;
    try {
      audit.add(
          caller, action, request.getRequestURI(), event(request, response), response.getStatus());
    } catch (DataAccessException | TransactionException e) {
      log.warn("{} by {} could not be noted: {}", action, caller.name(), e.getMessage());
    }
  }

  private static @Nullable UUID event(HttpServletRequest request, HttpServletResponse response) {
    var variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    var created = response.getHeader(HttpHeaders.LOCATION);
    var named =
        request.getRequestURI().startsWith(EVENTS) && variables instanceof Map<?, ?> names
            ? names.get("id")
            : request.getRequestURI().equals("/events") && created != null
                ? created.substring(EVENTS.length())
                : null;
    try {
      return named == null ? null : UUID.fromString(named.toString());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
