--liquibase formatted sql

--changeset drivelens:quota-of-priorities
--comment The rate that is in force for the whole fleet, and who spends it.
alter table drive_quota
  add column share double precision not null default 1 check (share > 0 and share <= 1),
  add column share_changed_at timestamptz not null default 'epoch',
  add column paused_until timestamptz,
  add column refused_calls bigint not null default 0,
  add column viewer_units bigint not null default 0,
  add column interactive_units bigint not null default 0,
  add column bulk_units bigint not null default 0;
comment on column drive_quota.units_per_minute is 'The setting: the rate is never above it.';
comment on column drive_quota.share is 'The part of units_per_minute that is in force: cut when Google says that we call too often, and grown back.';
comment on column drive_quota.share_changed_at is 'The rate changes at most once in ten seconds (a setting), whoever asks for it.';
comment on column drive_quota.available is 'Units in the bucket at refilled_at; below zero while a call is not yet paid for.';
comment on column drive_quota.paused_until is 'Nobody calls before this: Google''s Retry-After.';
comment on column drive_quota.refused_calls is 'Answers that said that we call too often, ever.';
comment on column drive_quota.viewer_units is 'Drawn for people who look at images, ever; so for the syncs that a person waits for, and for all others.';
