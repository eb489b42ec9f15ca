package org.drivelens.api.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for causes, and makes messages of what is new. All replicas look, one after the other, and
 * whoever comes first makes the message: then there is no news for the next.
 */
final class Watch {

  private final Alerts alerts;
  private final Deliveries deliveries;
  private final List<Channel> channels;
  private final AlertProperties settings;
  private final QuietHours quietHours;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private volatile @Nullable Instant lookedAt;

  Watch(
      Alerts alerts,
      Deliveries deliveries,
      List<Channel> channels,
      AlertProperties settings,
      TransactionTemplate transaction,
      Clock clock) {
    this.alerts = alerts;
    this.deliveries = deliveries;
    this.channels = channels;
    this.settings = settings;
    this.transaction = transaction;
    this.clock = clock;
    quietHours = settings.quietHours();
  }

  @Nullable Instant lookedAt() {
    return lookedAt;
  }

  /** When the quiet hours end; null if it is not quiet. */
  @Nullable Instant quietUntil() {
    return quietHours.until(clock.instant());
  }

  void look() {
    transaction.executeWithoutResult(_ -> {
      alerts.lock();
      // Not before the lock: whoever looked meanwhile may have a later time.
      var now = clock.instant();
      alerts.look(now, settings.backlogAfter(), settings.wellAfter());
      if (!channels.isEmpty() && quietHours.until(now) == null) {
        tell(now);
      }
      lookedAt = now;
    });
  }

  /** Waits a while for what comes along with the first of it. */
  private void tell(Instant now) {
    var news = alerts.news(now, settings.againAfter());
    if (news.isEmpty()
        || Duration.between(news.getFirst().at(), now).compareTo(settings.digest()) < 0) {
      return;
    }
    var message = new Message(false, now, news.stream().map(Alerts.News::item).toList());
    channels.forEach(channel -> deliveries.add(channel.name(), message));
    alerts.told(news, now);
  }
}
