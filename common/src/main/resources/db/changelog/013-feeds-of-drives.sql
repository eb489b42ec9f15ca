--liquibase formatted sql

--changeset drivelens:feeds-of-drives
--comment An event in a shared drive follows that drive's own change log.
alter table drive_feed
  add column error_final boolean not null default false,
  add column refused boolean not null default false;
comment on column drive_feed.drive_id is 'The shared drive whose log it is; null for the log of the credential itself.';
comment on column drive_feed.error_final is 'Somebody has to do something; it is tried again all the same.';
comment on column drive_feed.refused is 'The shared drive''s log is closed to us: we are no member (any more).';

alter table event_sync
  add column drive_id text,
  add column feed_coverage text;
comment on column event_sync.drive_id is 'The shared drive in which the event''s folder lay when the last walk began.';
comment on column event_sync.feed_coverage is 'FULL: the feed reports what changes here. PARTIAL: it does not, so a request walks. Null while it is not known.';
comment on column walk.full_generation is 'The newest requested generation when the walk began: its end answers all that asked for a full sync until then.';
create index event_sync_feed on event_sync (feed_id);
create index event_sync_troubled on event_sync (feed_id) where error_code is not null;
create index event_sync_drive on event_sync (drive_id) where drive_id is not null;

--changeset drivelens:event-status-feed splitStatements:false
--comment Adds the feed's part: how far it can be relied on, and its trouble, which is that of all events that follow it.
create or replace view event_status as
select e.id as event_id,
       e.name as event_name,
       s.folder_id is not null as has_google_drive,
       case
         when s.folder_id is null then 'NEVER_SYNCED'
         when c.leased then 'SYNCING'
         when c.failed then 'ERROR'
         when not c.clean or c.cut_off or s.marked_at > c.fresh_at then 'SYNC_REQUIRED'
         when c.fresh_at is null then 'NEVER_SYNCED'
         else 'UP_TO_DATE'
       end as sync_status,
       c.fresh_at as last_synced_at,
       case when c.own_trouble then s.error_code when c.feed_trouble then f.error_code end as error_code,
       case when c.own_trouble then s.error_message when c.feed_trouble then f.error_message end as error_message,
       case when c.failed then null
            when c.current and s.tried_generation = s.requested_generation and s.next_attempt_at is not null then s.next_attempt_at
            when c.feed_trouble then f.next_attempt_at end as next_attempt_at,
       case when c.clean then coalesce(f.token, s.change_token) when c.current then s.change_token end as change_token,
       case when c.current then s.last_full_walk_at end as last_full_walk_at,
       case when c.current then s.photo_count else 0 end as photo_count,
       case when c.current then s.skipped_files else 0 end as skipped_files,
       case when c.current then s.unreadable_folders else 0 end as unreadable_folders,
       s.folder_epoch,
       s.requested_generation,
       s.requested_at,
       case when c.current then s.feed_coverage end as feed_coverage
  from event e
  join event_sync s on s.event_id = e.id
  left join drive_feed f on f.id = s.feed_id
  cross join lateral (
    select s.cleared_epoch = s.folder_epoch as current,
           s.feed_coverage is not distinct from 'PARTIAL' as partial,
           coalesce(s.lease_until > clock_timestamp() and s.lease_fence = s.fence, false) as leased,
           s.error_final and s.tried_generation = s.requested_generation as failed,
           coalesce(s.cleared_epoch = s.folder_epoch and s.requested_generation <= s.synced_generation
             and not s.dirty and not s.walk_wanted and s.feed_epoch = f.epoch, false) as clean
  ) as a
  cross join lateral (
    select (a.failed or (a.current and not a.clean)) and s.error_code is not null as own_trouble,
           f.error_code is not null and s.folder_id is not null and not (a.clean and a.partial) as feed_trouble
  ) as b
  cross join lateral (
    select a.current, a.leased, a.clean, b.own_trouble, b.feed_trouble,
           a.failed or (b.feed_trouble and f.error_final) as failed,
           b.feed_trouble and f.error_since < clock_timestamp() - interval '2 minutes' as cut_off,
           case when a.clean and not a.partial then greatest(s.last_synced_at, f.as_of)
                when a.current then s.last_synced_at end as fresh_at
  ) as c
 where e.deleted_at is null;
comment on view event_status is 'An event that is clean is as fresh as its feed: last_synced_at is then the feed''s as_of.';
