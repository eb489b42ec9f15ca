--liquibase formatted sql

--changeset drivelens:held-removal
--comment Photos that seem to be gone, too many to be removed on a doubt: they stay until they are seen again or somebody accepts. Written by the worker.
create table held_removal (
  event_id      uuid not null references event (id) on delete cascade,
  folder_epoch  integer not null,
  drive_file_id text not null,
  reason        text not null,
  folder_path   text[] not null,
  held_at       timestamptz not null default clock_timestamp(),
  primary key (event_id, folder_epoch, drive_file_id)
);
comment on column held_removal.folder_path is 'Names of the folders it lay in: those may have left the tree.';

create index photo_removed on photo (event_id, removed_at) where removed_at is not null;

alter table event_sync
  -- Written by the worker alone; the first three follow the rows of held_removal.
  add column held_photos integer not null default 0,
  add column held_since timestamptz,
  add column held_message text,
  add column held_look_at timestamptz,
  -- Written by SyncRequests alone.
  add column held_accepted_at timestamptz;
alter table event_sync
  add column removal_accepted boolean generated always as (coalesce(held_accepted_at >= held_since, false)) stored;
comment on column event_sync.held_look_at is 'When a few of the held photos are asked for again.';
comment on column event_sync.held_accepted_at is 'Somebody accepted the removal of all that was held until then.';

alter table sync_run add column photos_held integer not null default 0;
comment on column sync_run.photos_held is 'Photos that seemed to be gone and were kept.';

--changeset drivelens:event-status-held splitStatements:false
--comment As before, and ERROR while a removal is held.
create or replace view event_status as
select e.id as event_id,
       e.name as event_name,
       s.folder_id is not null as has_google_drive,
       case
         when s.folder_id is null then 'NEVER_SYNCED'
         when c.leased then 'SYNCING'
         when c.failed or c.held then 'ERROR'
         when not c.clean or c.cut_off or s.marked_at > c.fresh_at then 'SYNC_REQUIRED'
         when c.fresh_at is null then 'NEVER_SYNCED'
         else 'UP_TO_DATE'
       end as sync_status,
       c.fresh_at as last_synced_at,
       case when c.held and not c.failed then 'REMOVAL_HELD'
            when c.own_trouble then s.error_code when c.feed_trouble then f.error_code end as error_code,
       case when c.held and not c.failed then s.held_message
            when c.own_trouble then s.error_message when c.feed_trouble then f.error_message end as error_message,
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
       case when c.current then s.feed_coverage end as feed_coverage,
       case when c.current then s.held_photos else 0 end as held_photos,
       case when c.current then s.held_since end as held_since
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
           a.current and s.held_photos > 0 and not s.removal_accepted as held,
           a.failed or (b.feed_trouble and f.error_final) as failed,
           b.feed_trouble and f.error_since < clock_timestamp() - interval '2 minutes' as cut_off,
           case when a.clean and not a.partial then greatest(s.last_synced_at, f.as_of)
                when a.current then s.last_synced_at end as fresh_at
  ) as c
 where e.deleted_at is null;
