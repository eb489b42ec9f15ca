package org.drivelens.emulator.call;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Names some calls: {@code Match.on(FILES_LIST).about(folderId).with("pageToken", token)}. */
public final class Match implements Predicate<Call> {

  private final Predicate<Call> test;
  private final String text;

  private Match(Predicate<Call> test, String text) {
    this.test = test;
    this.text = text;
  }

  /** Every call of Drive, the token endpoint included. */
  public static Match any() {
    return new Match(call -> true, "any call");
  }

  public static Match on(DriveMethod method) {
    return new Match(call -> call.method() == method, method.wireName());
  }

  /** Only calls about this file, or lists of this folder's children. */
  public Match about(String id) {
    return where(call -> call.ids().contains(id), "about " + id);
  }

  /** Only calls with this query parameter; any value if null. */
  public Match with(String parameter, @Nullable String value) {
    return where(
        call ->
            value == null
                ? call.parameters().containsKey(parameter)
                : value.equals(call.parameters().get(parameter)),
        "with " + parameter + "=" + (value == null ? "*" : value));
  }

  /** Only calls without this query parameter: {@code without("pageToken")} is a first page. */
  public Match without(String parameter) {
    return where(call -> !call.parameters().containsKey(parameter), "without " + parameter);
  }

  public Match where(Predicate<Call> condition, String description) {
    return new Match(test.and(condition), text + " " + description);
  }

  @Override
  public boolean test(Call call) {
    return test.test(call);
  }

  @Override
  public String toString() {
    return text;
  }
}
