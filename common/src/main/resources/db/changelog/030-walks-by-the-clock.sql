--liquibase formatted sql

--changeset drivelens:walks-by-the-clock
--comment The trash flag that a folder hands down lags, so a walk on the word of the feed, or of a person, is followed by another soon.
alter table walk add column by_clock boolean not null default false;
comment on column walk.by_clock is 'Nothing asked for it but the schedule, and it began with nothing new: no other follows it before its time.';
