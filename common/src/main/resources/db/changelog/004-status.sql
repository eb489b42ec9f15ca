--liquibase formatted sql

--changeset drivelens:event-status splitStatements:false
--comment Sync status is computed, not stored: "stuck in SYNCING" cannot exist.
create view event_status as
select e.id as event_id,
       e.name as event_name,
       s.folder_id is not null as has_google_drive,
       case
         when s.folder_id is null then 'NEVER_SYNCED'
         when c.leased then 'SYNCING'
         when c.failed then 'ERROR'
         when not c.clean or s.marked_at > c.fresh_at then 'SYNC_REQUIRED'
         when c.fresh_at is null then 'NEVER_SYNCED'
         else 'UP_TO_DATE'
       end as sync_status,
       c.fresh_at as last_synced_at,
       case when c.failed or (c.current and not c.clean) then s.error_code end as error_code,
       case when c.failed or (c.current and not c.clean) then s.error_message end as error_message,
       case when c.current and not c.failed and s.tried_generation = s.requested_generation then s.next_attempt_at end as next_attempt_at,
       case when c.clean then coalesce(f.token, s.change_token) when c.current then s.change_token end as change_token,
       case when c.current then s.last_full_walk_at end as last_full_walk_at,
       case when c.current then s.photo_count else 0 end as photo_count,
       case when c.current then s.skipped_files else 0 end as skipped_files,
       case when c.current then s.unreadable_folders else 0 end as unreadable_folders,
       s.folder_epoch,
       s.requested_generation,
       s.requested_at
  from event e
  join event_sync s on s.event_id = e.id
  left join drive_feed f on f.id = s.feed_id
  cross join lateral (
    select s.cleared_epoch = s.folder_epoch as current,
           s.lease_until > clock_timestamp() and s.lease_fence = s.fence as leased,
           s.error_final and s.tried_generation = s.requested_generation as failed,
           s.cleared_epoch = s.folder_epoch and s.requested_generation <= s.synced_generation
             and not s.dirty and not s.walk_wanted and s.feed_epoch = f.epoch as clean
  ) as b
  cross join lateral (
    select b.current, coalesce(b.leased, false) as leased, b.failed, coalesce(b.clean, false) as clean,
           case when coalesce(b.clean, false) then greatest(s.last_synced_at, f.as_of)
                when b.current then s.last_synced_at end as fresh_at
  ) as c
 where e.deleted_at is null;
comment on view event_status is 'An event that is clean is as fresh as its feed: last_synced_at is then the feed''s as_of.';
