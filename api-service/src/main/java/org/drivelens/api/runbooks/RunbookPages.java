package org.drivelens.api.runbooks;

import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.drivelens.api.pages.TextPage;
import org.drivelens.api.problems.ApiProblem;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The runbooks, under the names of their files. */
@Hidden
@RestController
class RunbookPages {

  private static final String SUFFIX = ".md";

  private record Runbook(String title, String html) {}

  private final Map<String, Runbook> runbooks = new TreeMap<>();

  RunbookPages() throws IOException {
    var parser = Parser.builder().build();
    var renderer = HtmlRenderer.builder().escapeHtml(true).build();
    var files =
        new PathMatchingResourcePatternResolver().getResources("classpath:/runbooks/*" + SUFFIX);
    for (var file : files) {
      var text = file.getContentAsString(StandardCharsets.UTF_8);
      var title = text.lines().findFirst().orElseThrow().replaceFirst("^# ", "");
      var name = Objects.requireNonNull(file.getFilename()).replace(SUFFIX, "");
      runbooks.put(name, new Runbook(title, renderer.render(parser.parse(text))));
    }
  }

  @GetMapping(path = "/runbooks", produces = MediaType.TEXT_HTML_VALUE)
  String all() {
    var list =
        runbooks.entrySet().stream()
            .map(entry ->
                "<li><a href=\"/runbooks/%s\">%s</a></li>"
                    .formatted(entry.getKey(), HtmlUtils.htmlEscape(entry.getValue().title)))
            .collect(joining("\n", "<h1>Runbooks</h1>\n<ul>\n", "\n</ul>"));
    return TextPage.of("Runbooks", list);
  }

  /**
   * With the suffix too: so the files, which link to each other, work in the repository as well.
   */
  @GetMapping(path = "/runbooks/{name}", produces = MediaType.TEXT_HTML_VALUE)
  String one(@PathVariable String name) {
    var runbook = runbooks.get(name.replaceFirst("\\.md$", ""));
    if (runbook == null) {
      throw ApiProblem.notFound("There is no such runbook.");
    }
    return TextPage.of(
        runbook.title, runbook.html + "<p><a href=\"/runbooks\">All runbooks</a></p>");
  }
}
