package org.drivelens.api.input;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.InvalidField;
import org.drivelens.api.problems.ProblemType;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A parameter that no one reads is a mistake of the caller (a typo in a filter would otherwise show
 * everything), and one given twice is ambiguous.
 */
final class KnownParameters implements HandlerInterceptor {

  private static final String OURS = "org.drivelens.";

  private final Map<Method, List<String>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith(OURS)) {
      check(request, known.computeIfAbsent(method.getMethod(), _ -> names(method)));
    }
    return true;
  }

  private static void check(HttpServletRequest request, List<String> known) {
    var errors = new ArrayList<InvalidField>();
    request
        .getParameterMap()
        .forEach((name, values) -> {
          if (!known.contains(name)) {
            errors.add(new InvalidField(name, "is not a parameter here; possible: " + known));
          } else if (values.length > 1) {
            errors.add(new InvalidField(name, "is given more than once"));
          }
        });
    if (!errors.isEmpty()) {
      throw ApiProblem.of(ProblemType.INVALID_REQUEST, errors);
    }
  }

  private static List<String> names(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .filter(p -> p.hasParameterAnnotation(RequestParam.class))
        .map(KnownParameters::name)
        .toList();
  }

  private static String name(MethodParameter parameter) {
    var given = Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class)).name();
    return given.isEmpty() ? Objects.requireNonNull(parameter.getParameterName()) : given;
  }
}
