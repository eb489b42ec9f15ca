--liquibase formatted sql

--changeset drivelens:stopped-workers
--comment A worker that stopped in order stays for a day: that it was started after another one had died must not be forgotten with it.
alter table worker add column stopped_at timestamptz;
comment on column worker.stopped_at is 'It stopped in order; null of one that lives or died.';
