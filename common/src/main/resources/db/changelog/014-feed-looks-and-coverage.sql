--liquibase formatted sql

--changeset drivelens:feed-looks
alter table drive_feed add column look_at timestamptz[] not null default '{}';
comment on column drive_feed.look_at is 'Google''s feed lags: after a person''s sync that found nothing there is to be a poll later than each of these.';

--changeset drivelens:feed-coverage
--comment What walks found, until the feed has had time to report it. Written by the worker.
create table feed_doubt (
  event_id     uuid not null references event (id) on delete cascade,
  folder_epoch integer not null,
  file_id      text not null,
  ids          text[] not null,
  feed_id      uuid not null,
  feed_epoch   integer not null,
  since        bigint not null,
  found_at     timestamptz not null default clock_timestamp(),
  primary key (event_id, folder_epoch, file_id)
);
comment on column feed_doubt.ids is 'The file and the folders above it: an entry of any of them reports the change.';
comment on column feed_doubt.since is 'Where the event stood in the feed: only later entries count.';
create index feed_doubt_found on feed_doubt (found_at);

alter table walk add column since bigint;
comment on column walk.since is 'Where the event stood in the feed before; null if it did not stand in this epoch of it.';

alter table event_sync add column agreeing_walks integer not null default 0;
comment on column event_sync.agreeing_walks is 'Walks in a row that found nothing but what the feed reported.';
