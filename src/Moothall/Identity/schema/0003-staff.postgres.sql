-- One number that goes up whenever people or teams change: a node that sees another one reads them again.
create table staff_version (
  id     integer primary key check (id = 1),
  number bigint not null
);
insert into staff_version (id, number) values (1, 0);

-- People and teams as the desk changed them; they lie over staff.yaml and teams.yaml. Personal.
create table staff_member (
  id          text primary key,
  log_key     text not null unique,
  name        text not null,
  email       text,
  roles       text not null,
  authorities text not null,
  teams       text not null,
  state       text not null,
  version     integer not null
);
create table staff_team (
  id          text primary key,
  name        text not null,
  authorities text not null,
  version     integer not null
);

-- Who changed what about a person (staff/ID) or a team (team/ID), in words. Personal.
create table staff_change (
  about     text not null,
  number    integer not null,
  version   integer not null,
  at        timestamptz not null,
  by_member text,
  what      text not null,
  primary key (about, number)
);

-- One-time links with which somebody registers a passkey; only a hash of the code is kept.
create table invitation (
  hash    text primary key,
  member  text not null,
  made    timestamptz not null,
  expires timestamptz not null,
  used    timestamptz,
  revoked timestamptz
);
create index invitation_member on invitation (member);

create table passkey (
  id              text primary key,
  member          text not null,
  handle          text not null,
  site            text not null,
  name            text not null,
  public_key      bytea not null,
  sign_count      bigint not null,
  transports      text not null,
  backup_eligible boolean not null,
  backed_up       boolean not null,
  made            timestamptz not null,
  last_used       timestamptz
);
create index passkey_member on passkey (member);
create index passkey_handle on passkey (handle);

-- Answers to challenges that were taken; a second time they are refused.
create table answered_challenge (
  hash  text primary key,
  until timestamptz not null
);

create table staff_session (
  hash    text primary key,
  member  text not null,
  started timestamptz not null,
  seen    timestamptz not null,
  ended   timestamptz
);
create index staff_session_member on staff_session (member);

-- What somebody sent after their session had ended: sealed, theirs alone, for an hour. Personal.
create table kept_form (
  hash      text primary key,
  member    text not null,
  path      text not null,
  sealed    bytea not null,
  had_files boolean not null,
  at        timestamptz not null
);
create index kept_form_member on kept_form (member, at);
