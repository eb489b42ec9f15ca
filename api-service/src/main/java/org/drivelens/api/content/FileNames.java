package org.drivelens.api.content;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of files that anybody's system can keep. What Drive calls a file may be anything: a path, a
 * line break, a device of Windows, a text that reads backwards, a thousand characters.
 */
public final class FileNames {

  /** File systems keep 255 bytes; some are left for a number that tells two of a name apart. */
  static final int LONGEST = 240;

  /** Longer is no extension, but a name with a dot in it. */
  private static final int LONGEST_EXTENSION = 12;

  /**
   * What separates paths or means something to a shell of Windows; what cannot be seen, but for the
   * joiners that emoji and some scripts need (they also hide marks that turn the reading
   * direction); halves of characters.
   */
  private static final Pattern UNFIT =
      Pattern.compile("[\\p{Cntrl}\\p{Cs}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|[\\p{Cf}&&[^\\u200c\\u200d]]]");

  /** With any extension, and with the superscript digits too. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BLANK_OR_DOT_AT_END = Pattern.compile("[\\s\\p{Z}.]+$");

  private FileNames() {}

  /** The name of a photo, at most 240 bytes in UTF-8, its extension kept. */
  public static String safe(String name) {
    return safe(name, "photo");
  }

  /**
   * @param otherwise what it is called if nothing is left of the name
   */
  public static String safe(String name, String otherwise) {
    var plain = UNFIT.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceAll("_");
    var trimmed = BLANK_OR_DOT_AT_END.matcher(plain.strip()).replaceAll("");
    // A name that begins with a dot is hidden on some systems.
    var shown = trimmed.isEmpty() || trimmed.startsWith(".") ? otherwise + trimmed : trimmed;
    var harmless = DEVICE.matcher(shown).matches() ? "_" + shown : shown;
    var extension = extension(harmless);
    var stem = harmless.substring(0, harmless.length() - extension.length());
    var cut = cut(stem, LONGEST - bytes(extension));
    return BLANK_OR_DOT_AT_END.matcher(cut + extension).replaceAll("");
  }

  /** With its dot; empty if there is none. */
  public static String extension(String name) {
    var dot = name.lastIndexOf('.');
    return dot <= 0 || name.length() - dot > LONGEST_EXTENSION ? "" : name.substring(dot);
  }

  /** Where it fits; never within what a reader takes for one character. */
  private static String cut(String text, int most) {
    if (bytes(text) <= most) {
      return text;
    }
    var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    var end = 0;
    for (int next = characters.next();
        next != BreakIterator.DONE && bytes(text.substring(0, next)) <= most;
        next = characters.next()) {
      end = next;
    }
    return text.substring(0, end);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * The header Content-Disposition (RFC 6266): the name as RFC 8187 writes it, and for whoever does
   * not read that, in plain letters.
   *
   * @param safeName as {@link #safe} makes it
   */
  public static String disposition(boolean inline, String safeName) {
    var plain = new StringBuilder();
    safeName
        .codePoints()
        .forEach(c -> plain.append(c >= 0x20 && c < 0x7f && c != '%' ? (char) c : '_'));
    var exact = new StringBuilder();
    for (byte b : safeName.getBytes(StandardCharsets.UTF_8)) {
      var c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0)) {
        exact.append(c);
      } else {
        exact.append('%').append("%02X".formatted(b & 0xff));
      }
    }
    return "%s; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(inline ? "inline" : "attachment", plain, exact);
  }
}
