--liquibase formatted sql

--changeset drivelens:push-channels
--comment Channels by which Google announces that a feed has news. Written by the worker.
create table push_watch (
  feed_id         uuid primary key references drive_feed (id) on delete cascade,
  claimed_until   timestamptz,
  next_attempt_at timestamptz,
  error_code      text,
  error_message   text,
  error_since     timestamptz
);
comment on table push_watch is 'The feeds that are to have a channel: none while push is off.';
comment on column push_watch.claimed_until is 'One worker opens a channel; another may, if that one has died over it.';

create table push_channel (
  id         text primary key,
  feed_id    uuid not null references drive_feed (id) on delete cascade,
  token_hash bytea not null,
  address    text not null,
  made_at    timestamptz not null default clock_timestamp(),
  resource_id text,
  opened_at  timestamptz,
  expires_at timestamptz,
  renew_at   timestamptz,
  dead_since timestamptz,
  stop_after timestamptz,
  stopped_at timestamptz
);
create index push_channel_feed on push_channel (feed_id);
comment on column push_channel.token_hash is 'SHA-256 of the secret that each message brings: 256 random bits, told to Google and to nobody else.';
comment on column push_channel.resource_id is 'Google''s name of the log; null until the call that opens the channel has returned, which its first message may precede.';
comment on column push_channel.renew_at is 'From then on another channel is to be opened beside it.';
comment on column push_channel.dead_since is 'It said nothing of what polls found, or nothing at all.';
comment on column push_channel.stop_after is 'Not to be stopped before: another worker is at it, or Google was busy.';

--comment What was received. Written by the API.
create table push_message (
  channel_id text primary key references push_channel (id) on delete cascade,
  received_at timestamptz not null,
  changed_at timestamptz,
  number     bigint
);
comment on column push_message.changed_at is 'The latest message that told of a change, and not only of the channel''s beginning.';
comment on column push_message.number is 'The largest so far; they grow with gaps. What is not larger was received before.';

alter table event_sync add column dirty_by text;
comment on column event_sync.dirty_by is 'Why the feed was read when it touched the event: FEED (time had come) or PUSH (Google said so).';
