-- Public keys with which programs prove who they are when they fetch a short token.
create table client_key (
  id      text primary key,
  member  text not null,
  jwk     text not null,
  made    timestamptz not null,
  made_by text,
  ended   timestamptz
);
create index client_key_member on client_key (member);
