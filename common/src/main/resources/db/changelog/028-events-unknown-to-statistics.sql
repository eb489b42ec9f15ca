--liquibase formatted sql

--changeset drivelens:events-unknown-to-statistics
--comment Statistics that list the events known so far make PostgreSQL take any newer event for empty: its first sync then got plans that compare each photo with each other. Without statistics of event_id every event is taken for one of many.
alter table photo alter column event_id set statistics 0;
alter table photo_history alter column event_id set statistics 0;
alter table event_folder alter column event_id set statistics 0;
alter table event_shortcut alter column event_id set statistics 0;
alter table sync_issue alter column event_id set statistics 0;
alter table held_removal alter column event_id set statistics 0;
alter table walk_folder alter column event_id set statistics 0;
alter table walk_page alter column event_id set statistics 0;
select pg_clear_attribute_stats(current_schema::text, t, 'event_id', false)
  from unnest(array['photo', 'photo_history', 'event_folder', 'event_shortcut', 'sync_issue', 'held_removal', 'walk_folder', 'walk_page']) as t;
