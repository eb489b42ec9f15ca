package org.drivelens.emulator.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.drivelens.emulator.library.Access;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.query.Query.Asker;
import org.drivelens.emulator.query.Token.Kind;
import org.drivelens.emulator.wire.GoogleError;

/** Recursive descent; "and" binds tighter than "or" (drive-api 2). */
final class QueryParser {

  private final List<Token> tokens;
  private final Asker asker;
  private int at;

  QueryParser(String text, Asker asker) {
    this.tokens = Token.all(text);
    this.asker = asker;
  }

  Clause parse() {
    Clause clause = or();
    if (peek().kind() != Kind.END) {
      throw bad();
    }
    return clause;
  }

  private Clause or() {
    var clauses = new ArrayList<Clause>(List.of(and()));
    while (peek().isWord("or")) {
      at++;
      clauses.add(and());
    }
    return clauses.size() == 1 ? clauses.getFirst() : new Clause.Or(clauses);
  }

  private Clause and() {
    var clauses = new ArrayList<Clause>(List.of(not()));
    while (peek().isWord("and")) {
      at++;
      clauses.add(not());
    }
    return clauses.size() == 1 ? clauses.getFirst() : new Clause.And(clauses);
  }

  private Clause not() {
    if (peek().isWord("not")) {
      at++;
      return new Clause.Not(not());
    }
    if (peek().isSign("(")) {
      at++;
      Clause inner = or();
      if (!take().isSign(")")) {
        throw bad();
      }
      return inner;
    }
    return term();
  }

  private Clause term() {
    Token first = take();
    if (first.kind() == Kind.STRING) {
      return membership(first.text());
    }
    if (first.kind() != Kind.WORD) {
      throw bad();
    }
    String field = first.text();
    if (field.toLowerCase(Locale.ROOT).equals("sharedwithme") && !isOperator(peek())) {
      return new Clause.Term(QueryParser::isSharedWithMe, false);
    }
    Token operator = take();
    Token value = take();
    if (!isOperator(operator) || (value.kind() != Kind.STRING && value.kind() != Kind.WORD)) {
      throw bad();
    }
    return comparison(field, operator.text().toLowerCase(Locale.ROOT), value);
  }

  private Clause membership(String who) {
    if (!take().isWord("in")) {
      throw bad();
    }
    Token collection = take();
    if (collection.isWord("parents")) {
      String parent = who.equals("root") ? asker.rootId() : who;
      return new Clause.InParents(parent, seen -> parent.equals(seen.parentId()));
    }
    String address = who.equals("me") ? asker.email() : who;
    if (collection.isWord("owners") || collection.isWord("writers")) {
      return new Clause.Term(seen -> seen.item().owner().equals(address), false);
    }
    if (collection.isWord("readers")) {
      return new Clause.Term(seen -> address.equals(asker.email()), false);
    }
    throw bad();
  }

  private static Clause comparison(String field, String operator, Token value) {
    return switch (field) {
      case "name" -> Comparisons.name(operator, string(value));
      case "fullText" -> Comparisons.fullText(operator, string(value));
      case "mimeType" -> Comparisons.mimeType(operator, string(value));
      case "createdTime" ->
          Comparisons.time(operator, string(value), seen -> seen.item().createdTime());
      case "modifiedTime" ->
          Comparisons.time(operator, string(value), seen -> seen.item().modifiedTime());
      case "sharedWithMeTime" ->
          Comparisons.time(operator, string(value), seen -> seen.item().sharedTime());
      case "trashed" -> Comparisons.flag(operator, bool(value), Seen::trashed);
      case "starred" -> Comparisons.flag(operator, bool(value), seen -> false);
      case "sharedWithMe" -> Comparisons.flag(operator, bool(value), QueryParser::isSharedWithMe);
      default -> throw bad();
    };
  }

  /** Only what was shared itself, not what lies in it. */
  private static boolean isSharedWithMe(Seen seen) {
    return seen.item().access() == Access.GRANTED && seen.item().sharedTime() != null;
  }

  private static boolean isOperator(Token token) {
    return token.isWord("contains") || (token.kind() == Kind.SIGN && !"()".contains(token.text()));
  }

  private static String string(Token value) {
    if (value.kind() != Kind.STRING) {
      throw bad();
    }
    return value.text();
  }

  private static boolean bool(Token value) {
    if (value.isWord("true") || value.isWord("false")) {
      return value.isWord("true");
    }
    throw bad();
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token take() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  private static GoogleError bad() {
    return GoogleError.invalidValue("q");
  }
}
