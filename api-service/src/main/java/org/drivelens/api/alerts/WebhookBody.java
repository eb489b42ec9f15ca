package org.drivelens.api.alerts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Messages as JSON. */
final class WebhookBody {

  private final JsonMapper json;
  private final String linksTo;

  /**
   * @param linksTo the address of this service for readers; empty for no links
   */
  WebhookBody(JsonMapper json, String linksTo) {
    this.json = json;
    this.linksTo = linksTo;
  }

  private record Body(String type, Instant timestamp, String text, Data data) {}

  private record Data(List<Item> alerts) {}

  private record Item(
      String cause,
      Message.Change change,
      String title,
      String sentence,
      int count,
      Instant since,
      Instant at,
      @Nullable String runbook,
      @Nullable String page) {}

  String of(Message message) {
    var items =
        message.items().stream()
            .map(i ->
                new Item(
                    i.cause(),
                    i.change(),
                    i.title(),
                    i.sentence(),
                    i.count(),
                    i.since(),
                    i.at(),
                    link(i.runbook()),
                    link(i.page())))
            .toList();
    return json.writeValueAsString(
        new Body(
            message.test() ? "drivelens.test" : "drivelens.alerts",
            message.at(),
            message.title(),
            new Data(items)));
  }

  private @Nullable String link(String path) {
    return linksTo.isEmpty() ? null : linksTo + path;
  }
}
