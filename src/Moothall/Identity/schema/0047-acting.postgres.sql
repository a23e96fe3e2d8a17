-- Somebody acts for somebody else: asked for by one of the two, accepted by the other, for some services and some time. Names and the address are personal.
create table acting (
  id           text primary key,
  actor        text,
  subject      text,
  asked_by     text not null,
  actor_name   text,
  subject_name text,
  invited      text,
  why          text not null,
  services     text not null,
  asked        timestamptz not null,
  until        timestamptz not null,
  link         text unique,
  accepted     timestamptz,
  ended        timestamptz,
  ended_by     text
);
create index acting_actor on acting (actor);
create index acting_subject on acting (subject);
create index acting_until on acting (until);
