--liquibase formatted sql

--changeset drivelens:access-token
--comment All that opens the API beside the configured token. Written by the API; a secret is stored as a digest only.
create table access_token (
  id           uuid primary key default uuidv7(),
  kind         text not null,
  name         text not null,
  role         text not null,
  parent_id    uuid references access_token (id) on delete cascade,
  secret_hash  bytea not null unique,
  created_by   text not null,
  created_at   timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  expires_at   timestamptz,
  revoked_at   timestamptz
);
comment on column access_token.kind is 'TOKEN: named, of a machine. SESSION: of a page. LOGIN: good for opening one session.';
comment on column access_token.parent_id is 'The token that a session or login speaks for; null for the configured one.';
comment on column access_token.secret_hash is 'SHA-256 of a token; of sessions and logins a MAC keyed with the configured token.';
create index access_token_expiry on access_token (expires_at) where expires_at is not null;
create index access_token_parent on access_token (parent_id) where parent_id is not null;

--changeset drivelens:idempotency-key
--comment What a request with an Idempotency-Key made, for a day. Written by the API in the transaction that made it.
create table idempotency_key (
  digest       bytea primary key,
  request_hash bytea not null,
  made_id      uuid not null,
  sealed       bytea,
  created_at   timestamptz not null default clock_timestamp()
);
comment on column idempotency_key.digest is 'SHA-256 of caller, operation and key.';
comment on column idempotency_key.sealed is 'A secret of the answer, encrypted with the key itself, which is not stored.';
create index idempotency_key_age on idempotency_key (created_at);

--changeset drivelens:audit-log
--comment Every action that changed something, and who asked for it. Written by the API.
create table audit_log (
  id       uuid primary key default uuidv7(),
  at       timestamptz not null default clock_timestamp(),
  caller   text not null,
  token_id uuid,
  role     text not null,
  action   text not null,
  path     text not null,
  event_id uuid,
  status   integer not null
);
comment on column audit_log.action is 'Method and pattern of the operation, such as POST /events/{id}/sync.';
create index audit_log_of_event on audit_log (event_id, id desc) where event_id is not null;
