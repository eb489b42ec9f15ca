package org.drivelens.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.drivelens.api.problems.AskedPath;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * For the access log, which nobody keeps by default: its pattern (application.yml) takes the path
 * from here, without the secret of a download link and without parameters.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LoggedPath extends OncePerRequestFilter {

  static final String ATTRIBUTE = "org.drivelens.path";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    request.setAttribute(ATTRIBUTE, AskedPath.of(request));
    chain.doFilter(request, response);
  }
}
