--liquibase formatted sql

--changeset drivelens:feed-crowd
alter table drive_feed
  add column people real not null default 0,
  add column people_at timestamptz;
comment on column drive_feed.people is 'How many people polls have answered lately, as of people_at; it fades with time. The more there are, the longer a poll waits for others.';
