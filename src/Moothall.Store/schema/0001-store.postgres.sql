create table event (
  number   bigint generated always as identity,
  xid      xid8 not null default pg_current_xact_id(),
  stream   text not null,
  version  integer not null,
  type     text not null,
  schema   integer not null,
  at       timestamptz not null,
  imported boolean not null,
  data     text not null,
  primary key (xid, number),
  unique (stream, version)
);

create table reader (
  name        text primary key,
  position    text not null,
  epoch       bigint not null,
  holder      text,
  lease_until timestamptz,
  alert       text,
  form        text,
  tables      text
);

create table reader_ahead (
  reader  text not null,
  xid     bigint not null,
  number  bigint not null,
  primary key (reader, xid, number)
);

create table replay (
  projection text primary key,
  epoch      bigint not null
);

create table replay_table (
  name       text primary key,
  projection text not null,
  epoch      bigint not null
);

create table effect (
  id        bigint generated always as identity primary key,
  reader    text not null,
  stream    text not null,
  version   integer not null,
  recipient text not null,
  kind      text not null,
  state     text not null check (state in ('waiting', 'doing', 'done', 'parked', 'not-sent')),
  attempts  integer not null,
  next_try  timestamptz,
  why       text,
  changed   timestamptz not null,
  unique (stream, version, recipient, kind)
);
create index effect_due on effect (next_try) where next_try is not null;
create index effect_parked on effect (id) where state = 'parked';

create table timer (
  kind     text not null,
  key      text not null,
  due      timestamptz not null,
  next_try timestamptz not null,
  attempts integer not null,
  why      text,
  primary key (kind, key)
);
create index timer_next on timer (next_try);

create table lease (
  name   text primary key,
  holder text not null,
  epoch  bigint not null,
  until  timestamptz not null
);

create table file (
  id      text primary key,
  owner   text,
  name    text not null,
  kind    text not null,
  bytes   bigint not null,
  hash    text not null,
  created timestamptz not null
);
create index file_owner on file (owner);
create index file_unused on file (created) where owner is null;

create table file_chunk (
  file   text not null references file (id) on delete cascade,
  number integer not null,
  data   bytea not null,
  primary key (file, number)
);
alter table file_chunk alter column data set storage external;

create table idempotency (
  caller    text not null,
  route     text not null,
  key       text not null,
  body_hash text not null,
  result    text not null,
  at        timestamptz not null,
  primary key (caller, route, key)
);
create index idempotency_at on idempotency (at);
