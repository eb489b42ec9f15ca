--liquibase formatted sql

--changeset drivelens:sync-run-detail
--comment Where the time and the quota of a run went. Written by the worker at the end of each claim.
create table sync_run_phase (
  run_id   uuid not null references sync_run (id) on delete cascade,
  phase    text not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  millis   bigint not null,
  primary key (run_id, phase)
);
comment on column sync_run_phase.millis is 'Time spent, which is less than from begin to end when a run was interrupted.';

create table sync_run_call (
  run_id uuid not null references sync_run (id) on delete cascade,
  method text not null,
  calls  bigint not null,
  units  bigint not null,
  primary key (run_id, method)
);
comment on column sync_run_call.method is 'Google''s name of it, such as files.list.';

alter table sync_run
  add column unreadable_folders integer,
  add column skipped_files integer;
comment on column sync_run.unreadable_folders is 'At its end.';

--changeset drivelens:photo-history
--comment What happened to single photos after the first sync of their folder. Written by the worker, in the statement that changes the photo.
create table photo_history (
  event_id     uuid not null references event (id) on delete cascade,
  folder_epoch integer not null,
  photo_id     uuid not null,
  seq          bigint generated always as identity,
  kind         text not null,
  reason       text,
  changes      jsonb,
  run_id       uuid,
  happened_at  timestamptz not null default clock_timestamp(),
  primary key (event_id, photo_id, seq)
);
comment on column photo_history.changes is 'By field what it was and what it became, as texts.';
create index photo_history_age on photo_history (happened_at);
