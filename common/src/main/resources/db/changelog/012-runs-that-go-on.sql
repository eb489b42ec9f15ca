--liquibase formatted sql

--changeset drivelens:sync-run-open
--comment The live stream asks for runs that go on, once a second while somebody listens.
create index sync_run_open on sync_run (id desc) where finished_at is null;
