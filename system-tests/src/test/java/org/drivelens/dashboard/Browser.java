package org.drivelens.dashboard;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The machine's own Chromium, which notes whatever it has to complain about. */
final class Browser implements AutoCloseable {

  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright =
      Playwright.create(
          new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  // Root may not use the sandbox, and only our own pages are opened.
  private final com.microsoft.playwright.Browser chromium =
      playwright
          .chromium()
          .launch(
              new LaunchOptions()
                  .setExecutablePath(executable())
                  .setChromiumSandbox(false)
                  .setArgs(QUIET));
  private final List<String> complaints = new ArrayList<>();

  /** A page of a browser that knows nothing yet. */
  Page page() {
    var context =
        chromium.newContext(
            new NewContextOptions()
                .setViewportSize(1440, 900)
                .setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(15_000);
    var page = context.newPage();
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.onConsoleMessage(message -> {
      // A refused login is a 401, which the browser notes by itself.
      if (message.type().equals("error") && !message.text().contains("status of 401")) {
        complaints.add(page.url() + ": " + message.text());
      }
    });
    return page;
  }

  /** Errors of scripts, of the content policy and of requests, of all pages so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private static Path executable() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(path -> Stream.of("chromium", "chromium-browser").map(name -> Path.of(path, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("Chromium is missing; install the package chromium"));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
