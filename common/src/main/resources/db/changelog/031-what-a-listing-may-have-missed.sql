--liquibase formatted sql

--changeset drivelens:what-a-listing-may-have-missed
--comment A walk may be longer than two minutes, and polls may rest: then what leaves a folder while its pages are read is applied late. What counts is as of when the log was known without it.
alter table drive_change add column known_until timestamptz not null default '-infinity';
alter table drive_change alter column known_until drop default;
comment on column drive_change.known_until is 'Before it came, the log held all that Google had reported until then.';
comment on column event_folder.paged_until is 'What the log holds beyond that may be of the time in which these folders were listed; infinity while they are.';

--changeset drivelens:walks-that-only-the-clock-asked-for
--comment A tick of the schedule may come between a person's request and the walk that answers it, so the trigger of the run does not tell who asked for the walk.
alter table event_sync add column full_by_clock boolean not null default false;
comment on column event_sync.full_by_clock is 'Nobody but the clock asked for the full sync of full_generation, if it is still to come.';
