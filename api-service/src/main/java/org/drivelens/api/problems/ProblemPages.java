package org.drivelens.api.problems;

import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import java.util.stream.Stream;
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
    return page("Problems", Arrays.stream(ProblemType.values()));
  }

  @GetMapping(path = "/problems/{slug}", produces = MediaType.TEXT_HTML_VALUE)
  String one(@PathVariable String slug) {
    var type =
        Arrays.stream(ProblemType.values())
            .filter(t -> t.slug().equals(slug))
            .findFirst()
            .orElseThrow(() -> ApiProblem.notFound("There is no such problem."));
    return page(type.title(), Stream.of(type));
  }

  private static String page(String title, Stream<ProblemType> types) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>%s – Drivelens</title>
    <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}</style>
    %s
    <p><a href="/problems">All problems</a></p>
    </html>
    """
        .formatted(
            HtmlUtils.htmlEscape(title), types.map(ProblemPages::section).collect(joining("\n")));
  }

  private static String section(ProblemType type) {
    return "<h2 id=\"%s\">%s</h2>\n<p>HTTP %d, <code>%s</code></p>\n<p>%s</p>"
        .formatted(
            type.slug(),
            HtmlUtils.htmlEscape(type.title()),
            type.status().value(),
            type.uri(),
            HtmlUtils.htmlEscape(type.explanation()));
  }
}
