package org.drivelens.api.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.web.util.HtmlUtils;

/** A page to be read and nothing else; it needs no file of the dashboard, which may be left out. */
public final class TextPage {

  private static final String STYLE =
      ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
          + "overflow-wrap:break-word}";

  private TextPage() {}

  /**
   * @param title plain text
   * @param content HTML
   */
  public static String of(String title, String content) {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <link rel="icon" href="data:,">
    <title>%s – Drivelens</title>
    <style>%s</style>
    <main>
    %s
    </main>
    </html>
    """
        .formatted(HtmlUtils.htmlEscape(title), STYLE, content);
  }

  /** What the Content-Security-Policy has to say of its style, the only one that it allows. */
  public static String styleSource() {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(UTF_8));
      return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
