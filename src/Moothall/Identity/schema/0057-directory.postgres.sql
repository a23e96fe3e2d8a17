-- How the council's directory knows members of staff and teams: its own id, the name somebody signs in with there, and the parts of their name. Personal.
create table staff_directory (
  member      text primary key,
  user_name   text not null unique,
  external_id text,
  given_name  text,
  family_name text,
  made        timestamptz not null,
  changed     timestamptz not null,
  deleted     timestamptz,
  version     integer not null
);
create index staff_directory_external on staff_directory (external_id);
create table team_directory (
  team        text primary key,
  external_id text not null
);
