package org.drivelens.api.alerts;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.drivelens.api.push.PushTrouble;

/**
 * What may need somebody. Each has one query, which counts and says since when, and a page in
 * docs/runbooks that says what to do. Of {@code v}, the events with their status, and of {@code
 * :late}, the seconds after which waiting is too long, all may make use.
 */
enum Cause {
  EVENT_FAILED(
      "An event failed for good",
      "1 event failed for good.",
      "%s events failed for good.",
      "No event is failed any more.",
      "event-failed",
      "/failures",
      """
      select count(*), min(s.error_since) from v join event_sync s using (event_id)
       where v.sync_status = 'ERROR' and v.error_code not in ('REMOVAL_HELD', 'CREDENTIALS_REFUSED')
      """),
  REMOVAL_HELD(
      "A removal is held",
      "Photos of 1 event seem to be gone; they are kept until somebody decides.",
      "Photos of %s events seem to be gone; they are kept until somebody decides.",
      "No removal is held any more.",
      "removal-held",
      "/events?errorCode=REMOVAL_HELD",
      "select count(*), min(held_since) from v where error_code = 'REMOVAL_HELD'"),
  UNREADABLE_FOLDER(
      "A folder cannot be listed",
      "Google Drive does not let us list 1 folder.",
      "Google Drive does not let us list %s folders.",
      "Every folder can be listed again.",
      "unreadable-folder",
      "/events",
      """
      select coalesce(sum(unreadable_folders), 0),
             (select min(i.since) from sync_issue i join v using (event_id, folder_epoch) where i.kind = 'FOLDER')
        from v
      """),
  CREDENTIALS_REFUSED(
      "Google refuses our credentials",
      "Google refuses the credentials of Drivelens.",
      "Google refuses the credentials of Drivelens.",
      "Google takes the credentials of Drivelens again.",
      "credentials-refused",
      "/failures",
      troubled("CREDENTIALS_REFUSED")),
  QUOTA_SPENT(
      "The day's quota is spent",
      "The day's quota of Google Drive calls is spent.",
      "The day's quota of Google Drive calls is spent.",
      "Google Drive takes calls again.",
      "quota",
      "/failures",
      troubled("QUOTA_OF_DAY")),
  DEAD_LETTERS(
      "Messages could not be handled",
      "1 message could not be read or handled.",
      "%s messages could not be read or handled.",
      "No dead letter is left.",
      "dead-letters",
      "/failures#letters",
      "select count(*), min(died_at) from dead_letter"),
  BACKLOG(
      "Requests wait too long",
      "1 event waits too long for the sync that was asked for.",
      "%s events wait too long for the syncs that were asked for.",
      "No request waits too long any more.",
      "backlog",
      "/workers",
      """
      select count(*), min(s.requested_at) from v join event_sync s using (event_id)
       where v.sync_status = 'SYNC_REQUIRED' and s.requested_generation > s.synced_generation
         and s.requested_at < clock_timestamp() - make_interval(secs => :late)
         and v.error_code is distinct from 'CREDENTIALS_REFUSED' and v.error_code is distinct from 'QUOTA_OF_DAY'
         and not exists (select from sync_pause p where p.event_id is null or p.event_id = s.event_id)
         -- A large folder takes its time; between two parts of it nobody holds the event.
         and not (v.error_code is null
           and exists (select from sync_run r where r.id = s.run_id and r.status = 'RUNNING')
           and exists (select from worker w where w.stopped_at is null and w.seen_at > clock_timestamp() - interval '1 minute'))
      """),
  FEED_BEHIND(
      "Google's change log is not read",
      "1 change log of Google Drive was not read for too long, so galleries do not follow it.",
      "%s change logs of Google Drive were not read for too long, so galleries do not follow them.",
      "Google's change log is read again.",
      "feed-behind",
      "/workers",
      """
      select count(*), min(f.as_of) from drive_feed f
       where f.as_of < clock_timestamp() - make_interval(secs => :late)
         and f.error_code is distinct from 'CREDENTIALS_REFUSED' and f.error_code is distinct from 'QUOTA_OF_DAY'
         and exists (select from event_sync s join event e on e.id = s.event_id
                      where s.feed_id = f.id and e.deleted_at is null)
      """),
  PUSH_DEAD(
      "Google does not announce changes",
      "Google announces no changes of 1 change log; polls find them within a minute.",
      "Google announces no changes of %s change logs; polls find them within a minute.",
      "Nothing is wrong with push any more.",
      "push-dead",
      "/push",
      PushTrouble.sql());

  /** All counts in one statement, and so of one moment: cause, count, since. */
  static final String SQL =
      """
      with v as materialized (
        select event_id, folder_epoch, sync_status, error_code, unreadable_folders, held_since from event_status
         where has_google_drive)
      select t.cause, t.count, coalesce(t.since, clock_timestamp()) as since from (
      """
          + Arrays.stream(values())
              .map(cause -> "select '" + cause + "' as cause, c.* from (" + cause.sql + ") as c")
              .collect(Collectors.joining("\nunion all\n"))
          + ") as t (cause, count, since)";

  final String title;
  final String well;
  private final String one;
  private final String many;
  private final String runbook;
  private final String page;
  private final String sql;

  Cause(
      String title, String one, String many, String well, String runbook, String page, String sql) {
    this.title = title;
    this.one = one;
    this.many = many;
    this.well = well;
    this.runbook = runbook;
    this.page = page;
    this.sql = sql;
  }

  /** What needs somebody, to be read by a person. */
  String sentence(int count) {
    return count == 1 ? one : many.formatted(String.format(Locale.ENGLISH, "%,d", count));
  }

  /** Path of the page that says what to check and to do. */
  String runbook() {
    return "/runbooks/" + runbook;
  }

  /** Path of the page of the dashboard that shows more. */
  String page() {
    return "/app" + page;
  }

  /** Whether there is such trouble at all; how many events have it says nothing more. */
  private static String troubled(String code) {
    return """
    select least(count(*), 1), min(since) from (
      select s.error_since as since from v join event_sync s using (event_id) where v.error_code = '%1$s'
      union all
      select f.error_since from drive_feed f
       where f.error_code = '%1$s' and exists (select from event_sync s where s.feed_id = f.id)) as trouble
    """
        .formatted(code);
  }
}
