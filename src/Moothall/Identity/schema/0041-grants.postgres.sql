-- What was given at the desk beside the roles that somebody simply has: a role for some services or some time, or a sensitive service by name. State: asked, given, refused, ended.
-- A strong one is asked by one administrator and given by another. Personal.
create table role_grant (
  id         text primary key,
  member     text not null,
  role       text,
  services   text not null,
  sensitive  text,
  from_day   date not null,
  until_day  date,
  reason     text not null,
  state      text not null,
  asked_by   text not null,
  asked_at   timestamptz not null,
  decided_by text,
  decided_at timestamptz
);
create index role_grant_member on role_grant (member, asked_at);
create index role_grant_state on role_grant (state, asked_at);

-- The services that somebody's roles are limited to; null for all.
alter table staff_member add column services text;
