--liquibase formatted sql

--changeset drivelens:past-issue splitStatements:false
--comment What could not be shown and then could, or went: a run says for as long as it is kept what was amiss at its end.
create table past_issue (
  event_id     uuid not null references event (id) on delete cascade,
  folder_epoch integer not null,
  item_id      text not null,
  kind         text not null,
  name         text,
  reason       text not null,
  message      text not null,
  since        timestamptz not null,
  ended_at     timestamptz not null default clock_timestamp()
);
create index past_issue_place on past_issue (event_id, folder_epoch, item_id);
create index past_issue_age on past_issue (ended_at);

-- An issue ends in many ways (listed again, gone, another folder); whichever it is, it is not lost.
create function keep_past_issues() returns trigger language plpgsql as $$
begin
  insert into past_issue (event_id, folder_epoch, item_id, kind, name, reason, message, since)
  select event_id, folder_epoch, item_id, kind, name, reason, message, since from ended;
  return null;
end $$;
create trigger keep_past_issues after delete on sync_issue
  referencing old table as ended for each statement execute function keep_past_issues();
