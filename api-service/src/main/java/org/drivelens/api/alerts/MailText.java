package org.drivelens.api.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The texts of e-mails, from the templates in {@code alerts/}. */
final class MailText {

  private final TemplateEngine templates = new TemplateEngine();
  private final String linksTo;
  private final DateTimeFormatter times;

  /**
   * @param linksTo the address of this service for readers; empty for no links
   * @param zone in which times are written
   */
  MailText(String linksTo, ZoneId zone) {
    this.linksTo = linksTo;
    times = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm z", Locale.ENGLISH).withZone(zone);
    templates.addTemplateResolver(resolver(TemplateMode.TEXT, ".txt"));
    templates.addTemplateResolver(resolver(TemplateMode.HTML, ".html"));
  }

  private static ClassLoaderTemplateResolver resolver(TemplateMode mode, String suffix) {
    var resolver = new ClassLoaderTemplateResolver(MailText.class.getClassLoader());
    resolver.setPrefix("alerts/");
    resolver.getResolvablePatternSpec().addPattern("*" + suffix);
    resolver.setTemplateMode(mode);
    resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
    return resolver;
  }

  String plain(Message message) {
    return templates.process("mail.txt", context(message));
  }

  String html(Message message) {
    return templates.process("mail.html", context(message));
  }

  private Context context(Message message) {
    var context = new Context(Locale.ENGLISH);
    context.setVariable("title", message.title());
    context.setVariable("test", message.test());
    context.setVariable("dashboard", linksTo.isEmpty() ? "" : linksTo + "/app/");
    context.setVariable("items", message.items().stream().map(this::item).toList());
    return context;
  }

  private Map<String, Object> item(Message.Item item) {
    var well = item.change() == Message.Change.WELL;
    var values = new HashMap<String, Object>();
    values.put("well", well);
    values.put(
        "mark",
        switch (item.change()) {
          case RAISED -> "ALERT";
          case GREW -> "MORE";
          case WELL -> "WELL AGAIN";
        });
    values.put("title", item.title());
    values.put("sentence", item.sentence());
    values.put("when", well ? "over since " + at(item.at()) : "since " + at(item.since()));
    values.put("runbook", linksTo.isEmpty() || well ? "" : linksTo + item.runbook());
    values.put("page", linksTo.isEmpty() || well ? "" : linksTo + item.page());
    return values;
  }

  private String at(Instant moment) {
    return times.format(moment);
  }
}
