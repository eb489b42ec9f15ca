--liquibase formatted sql

--changeset drivelens:alerts
--comment What needs somebody: one open row per cause. Written by the API.
create table alert (
  id           uuid primary key default uuidv7(),
  cause        text not null,
  count        integer not null,
  since        timestamptz not null,
  raised_at    timestamptz not null,
  seen_at      timestamptz not null,
  cleared_at   timestamptz,
  told_at      timestamptz,
  told_count   integer not null default 0,
  told_well_at timestamptz
);
create unique index alert_open on alert (cause) where cleared_at is null;
create index alert_cleared on alert (cleared_at);
comment on column alert.count is 'At the last look; zero while it seems to be over.';
comment on column alert.since is 'Since when, by what was counted.';
comment on column alert.seen_at is 'The last look that counted any.';
comment on column alert.told_at is 'When the latest message that says so was made.';
comment on column alert.told_count is 'The least count since then, from which it may grow.';
comment on column alert.told_well_at is 'When the message was made that says that it is over.';

--comment One message to one channel, and what came of it. Written by the API.
create table alert_delivery (
  id              uuid primary key default uuidv7(),
  channel         text not null,
  test            boolean not null,
  title           text not null,
  message         jsonb not null,
  made_at         timestamptz not null,
  attempts        integer not null default 0,
  next_attempt_at timestamptz,
  outcome         text not null default 'PENDING',
  finished_at     timestamptz,
  error           text
);
create index alert_delivery_due on alert_delivery (channel, id) where next_attempt_at is not null;
comment on column alert_delivery.next_attempt_at is 'Whoever sends it puts this ahead first, so that nobody else does; null when it is over.';
comment on column alert_delivery.outcome is 'PENDING, SENT or GIVEN_UP.';
comment on column alert_delivery.error is 'Why the latest attempt failed; without secrets.';
