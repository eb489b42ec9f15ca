package org.drivelens.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.drivelens.api.Api;
import org.drivelens.api.OnTheApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks the table of docs/access.md: every operation stands there, and is open to just those. */
@OnTheApi
class DoorsTest {

  private static final Pattern ROW =
      Pattern.compile("\\| ([A-Z]+) \\| (`[^|]+`) \\| (everybody|VIEWER|ORGANISER|OPERATOR) \\|");

  private final Api api;
  private final RequestMappingHandlerMapping mapping;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);

  DoorsTest(@LocalServerPort int port, @Autowired RequestMappingHandlerMapping mapping) {
    api = new Api(port);
    this.mapping = mapping;
  }

  @BeforeEach
  void aTokenOfEachRole() {
    for (var role : Role.values()) {
      var made =
          api.post("/admin/tokens", "{\"name\": \"test\", \"role\": \"%s\"}".formatted(role));
      tokens.put(role, made.at("/token"));
    }
  }

  @Test
  void every_operation_of_ours_stands_in_the_table() throws IOException {
    var operations = new ArrayList<String>();
    mapping
        .getHandlerMethods()
        .forEach((info, method) -> {
          if (method.getBeanType().getName().startsWith("org.drivelens.")) {
            info.getMethodsCondition()
                .getMethods()
                .forEach(m ->
                    info.getPatternValues().forEach(pattern -> operations.add(m + " " + pattern)));
          }
        });
    assertThat(operations).hasSizeGreaterThan(20);
    assertThat(table().keySet()).containsAll(operations);
  }

  @Test
  void each_operation_is_open_to_those_the_table_names_and_to_nobody_else() throws IOException {
    for (var row : table().entrySet()) {
      var method = row.getKey().substring(0, row.getKey().indexOf(' '));
      var path =
          row.getKey()
              .substring(method.length() + 1)
              .replace("/swagger-ui/**", "/swagger-ui/index.html")
              .replace("{slug}", "not-found")
              .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
      var least = row.getValue();
      var anonymous = status(method, path, null);
      if (least == null) {
        assertThat(anonymous).as(row.getKey()).isNotIn(401, 403);
        continue;
      }
      assertThat(anonymous).as(row.getKey()).isEqualTo(401);
      for (var role : Role.values()) {
        var status = status(method, path, role);
        if (role.compareTo(least) < 0) {
          assertThat(status).as("%s as %s", row.getKey(), role).isEqualTo(403);
        } else {
          assertThat(status).as("%s as %s", row.getKey(), role).isNotIn(401, 403).isLessThan(500);
        }
      }
    }
  }

  @Test
  void what_is_in_no_table_is_for_operators() {
    assertThat(status("GET", "/nowhere", Role.ORGANISER)).isEqualTo(403);
    assertThat(status("GET", "/nowhere", Role.OPERATOR)).isEqualTo(404);
  }

  private int status(String method, String path, @Nullable Role role) {
    HttpRequest.Builder request = api.anonymous(path);
    if (role != null) {
      request.setHeader("Authorization", "Bearer " + tokens.get(role));
    }
    var body = method.equals("POST") || method.equals("PATCH");
    request.method(method, body ? BodyPublishers.ofString("{]") : BodyPublishers.noBody());
    if (body) {
      // Refused for what it is, once it is let in: nothing is changed by this test.
      request.setHeader("Content-Type", "application/json");
    }
    return api.status(request);
  }

  /** The least role of each operation; null for everybody. */
  private static Map<String, @Nullable Role> table() throws IOException {
    var table = new TreeMap<String, @Nullable Role>();
    for (var line : Files.readAllLines(Path.of("../docs/access.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        var role = row.group(3).equals("everybody") ? null : Role.valueOf(row.group(3));
        for (var path : List.of(row.group(2).split(", ", -1))) {
          table.put(row.group(1) + " " + path.replace("`", ""), role);
        }
      }
    }
    return table;
  }
}
