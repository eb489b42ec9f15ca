package org.drivelens.api.problems;

import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import org.drivelens.api.pages.TextPage;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The pages behind the types of problems. */
@Hidden
@RestController
class ProblemPages {

  @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
  String all() {
    var sections =
        Arrays.stream(ProblemType.values())
            .map(type -> section(type, "h2"))
            .collect(joining("\n", "<h1>Problems</h1>\n", ""));
    return TextPage.of("Problems", sections);
  }

  @GetMapping(path = "/problems/{slug}", produces = MediaType.TEXT_HTML_VALUE)
  String one(@PathVariable String slug) {
    var type =
        Arrays.stream(ProblemType.values())
            .filter(t -> t.slug().equals(slug))
            .findFirst()
            .orElseThrow(() -> ApiProblem.notFound("There is no such problem."));
    return TextPage.of(
        type.title(), section(type, "h1") + "<p><a href=\"/problems\">All problems</a></p>");
  }

  private static String section(ProblemType type, String heading) {
    return "<%1$s id=\"%2$s\">%3$s</%1$s>\n<p>HTTP %4$d, <code>%5$s</code></p>\n<p>%6$s</p>"
        .formatted(
            heading,
            type.slug(),
            HtmlUtils.htmlEscape(type.title()),
            type.status().value(),
            type.uri(),
            HtmlUtils.htmlEscape(type.explanation()));
  }
}
