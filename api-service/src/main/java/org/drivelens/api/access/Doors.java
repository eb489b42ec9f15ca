package org.drivelens.api.access;

import static org.drivelens.api.access.Role.ORGANISER;
import static org.drivelens.api.access.Role.VIEWER;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Who may go where: the first door that fits decides, and what fits none is for operators. The same
 * table stands, operation by operation, in docs/access.md, and a test walks it.
 */
final class Doors {

  private Doors() {}

  /**
   * @param method null for all
   * @param role the least role that may pass; null for everybody
   */
  record Door(@Nullable HttpMethod method, String path, @Nullable Role role) {}

  static final List<Door> ALL =
      List.of(
          open(null, "/"),
          // The description of the API and what belongs to its page.
          open(GET, "/openapi"),
          open(GET, "/openapi.yaml"),
          open(GET, "/openapi/**"),
          open(GET, "/swagger-ui/**"),
          open(GET, "/swagger-ui.html"),
          open(GET, "/problems"),
          open(GET, "/problems/*"),
          open(GET, "/runbooks"),
          open(GET, "/runbooks/*"),
          open(GET, "/favicon.ico"),
          open(GET, "/livez"),
          open(GET, "/readyz"),
          // On the management port, which this chain guards too.
          open(GET, "/actuator/health"),
          open(GET, "/actuator/health/**"),
          open(GET, "/actuator/prometheus"),
          // The pages themselves; what they show they ask for as their reader.
          open(GET, "/app"),
          open(GET, "/app/**"),
          open(POST, "/session"),
          // The secret is in the path or in a header of its own.
          open(null, "/download/*"),
          open(null, "/download/*/zip"),
          open(null, "/download/*/items/*"),
          open(POST, "/webhooks/google-drive"),
          new Door(null, "/session", VIEWER),
          new Door(GET, "/events", VIEWER),
          new Door(GET, "/events/**", VIEWER),
          new Door(GET, "/drive/identity", VIEWER),
          new Door(GET, "/stream", VIEWER),
          new Door(GET, "/admin/overview", VIEWER),
          new Door(GET, "/admin/throughput", VIEWER),
          new Door(GET, "/admin/failures", VIEWER),
          new Door(GET, "/admin/alerts", VIEWER),
          new Door(POST, "/drive/check", ORGANISER),
          new Door(POST, "/events", ORGANISER),
          new Door(POST, "/events/**", ORGANISER),
          new Door(PATCH, "/events/**", ORGANISER),
          new Door(DELETE, "/events/**", ORGANISER));

  private static Door open(@Nullable HttpMethod method, String path) {
    return new Door(method, path, null);
  }
}
