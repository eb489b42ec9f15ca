package org.drivelens.emulator.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drivelens.emulator.wire.GoogleError;

/** A word, sign or string of a query. */
record Token(Kind kind, String text) {

  enum Kind {
    STRING,
    WORD,
    SIGN,
    END
  }

  private static final Pattern NEXT =
      Pattern.compile(
          "\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|([A-Za-z][A-Za-z.]*)"
              + "|(<=|>=|!=|[=<>()]))\\s*",
          Pattern.DOTALL);

  /** drive-api 2: strings in single quotes, in practice also double ones; \' and \\ inside. */
  static List<Token> all(String query) {
    var tokens = new ArrayList<Token>();
    Matcher matcher = NEXT.matcher(query);
    int at = 0;
    while (at < query.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw GoogleError.invalidValue("q");
      }
      tokens.add(of(matcher));
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, ""));
    return tokens;
  }

  private static Token of(Matcher matcher) {
    String string = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    if (string != null) {
      return new Token(Kind.STRING, string.replaceAll("(?s)\\\\(.)", "$1"));
    }
    return matcher.group(3) != null
        ? new Token(Kind.WORD, matcher.group(3))
        : new Token(Kind.SIGN, matcher.group(4));
  }

  /** Keywords are the same in either case (drive-api 2). */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.toLowerCase(Locale.ROOT).equals(word);
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }
}
