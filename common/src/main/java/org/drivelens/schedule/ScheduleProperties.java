package org.drivelens.schedule;

import java.time.Duration;
import java.time.ZoneId;
import org.drivelens.settings.BadSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When what is due. Each is a duration or a cron expression; a duration counts from midnight UTC.
 *
 * @param feedPoll how often every change feed is read
 * @param syncDue when marked and failed events are synced
 * @param markDue when events nobody looked at for a day are marked
 * @param cleanUp when the services trim their tables
 * @param zone in which cron expressions are meant
 * @param retry pause before what could not be published is tried again
 */
@ConfigurationProperties("drivelens.schedule")
public record ScheduleProperties(
    @DefaultValue("60s") String feedPoll,
    @DefaultValue("6h") String syncDue,
    @DefaultValue("12h") String markDue,
    @DefaultValue("0 0 2 * * *") String cleanUp,
    @DefaultValue("UTC") ZoneId zone,
    @DefaultValue("5s") Duration retry) {

  public ScheduleProperties {
    Schedule.of("drivelens.schedule.feed-poll", feedPoll, zone);
    Schedule.of("drivelens.schedule.sync-due", syncDue, zone);
    Schedule.of("drivelens.schedule.mark-due", markDue, zone);
    Schedule.of("drivelens.schedule.clean-up", cleanUp, zone);
    if (retry.toMillis() < 100) {
      throw new BadSetting(
          "drivelens.schedule.retry is %s, but must be at least 100ms".formatted(retry));
    }
  }
}
