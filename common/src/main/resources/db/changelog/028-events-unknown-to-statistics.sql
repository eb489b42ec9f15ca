--liquibase formatted sql

--changeset drivelens:events-unknown-to-statistics
--comment Statistics that list the events known so far make PostgreSQL take any newer event for empty, and its walk then got plans that compare each folder with each other. Without statistics of event_id every event is taken for one of many. Not for photo: pages of a large gallery need to know that it is large.
alter table event_folder alter column event_id set statistics 0;
alter table event_shortcut alter column event_id set statistics 0;
alter table walk_folder alter column event_id set statistics 0;
alter table walk_page alter column event_id set statistics 0;
select pg_clear_attribute_stats(current_schema::text, t, 'event_id', false)
  from unnest(array['event_folder', 'event_shortcut', 'walk_folder', 'walk_page']) as t;
