create table event (
  number   integer primary key autoincrement,
  stream   text not null,
  version  integer not null,
  type     text not null,
  schema   integer not null,
  at       text not null,
  imported integer not null,
  data     text not null,
  unique (stream, version)
);

create table reader (
  name        text primary key,
  position    text not null,
  epoch       integer not null,
  holder      text,
  lease_until text,
  alert       text,
  form        text,
  tables      text
) without rowid;

create table reader_ahead (
  reader  text not null,
  xid     integer not null,
  number  integer not null,
  primary key (reader, xid, number)
) without rowid;

create table replay (
  projection text primary key,
  epoch      integer not null
) without rowid;

create table replay_table (
  name       text primary key,
  projection text not null,
  epoch      integer not null
) without rowid;

create table effect (
  id        integer primary key autoincrement,
  reader    text not null,
  stream    text not null,
  version   integer not null,
  recipient text not null,
  kind      text not null,
  state     text not null check (state in ('waiting', 'doing', 'done', 'parked', 'not-sent')),
  attempts  integer not null,
  next_try  text,
  why       text,
  changed   text not null,
  unique (stream, version, recipient, kind)
);
create index effect_due on effect (next_try) where next_try is not null;
create index effect_parked on effect (id) where state = 'parked';

create table timer (
  kind     text not null,
  key      text not null,
  due      text not null,
  next_try text not null,
  attempts integer not null,
  why      text,
  primary key (kind, key)
) without rowid;
create index timer_next on timer (next_try);

create table lease (
  name   text primary key,
  holder text not null,
  epoch  integer not null,
  until  text not null
) without rowid;

create table file (
  id      text primary key,
  owner   text,
  name    text not null,
  kind    text not null,
  bytes   integer not null,
  hash    text not null,
  created text not null
) without rowid;
create index file_owner on file (owner);
create index file_unused on file (created) where owner is null;

create table file_chunk (
  file   text not null references file (id) on delete cascade,
  number integer not null,
  data   blob not null,
  primary key (file, number)
);

create table idempotency (
  caller    text not null,
  route     text not null,
  key       text not null,
  body_hash text not null,
  result    text not null,
  at        text not null,
  primary key (caller, route, key)
) without rowid;
create index idempotency_at on idempotency (at);
