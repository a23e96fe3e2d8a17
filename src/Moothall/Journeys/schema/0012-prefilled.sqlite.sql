-- How many answers were sent as they had been filled in for the person.
alter table draft add column prefilled integer not null default 0;
