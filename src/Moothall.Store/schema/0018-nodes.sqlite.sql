create table node (
  name    text primary key,
  run     text not null,
  version text not null,
  schema  text not null,
  files   text not null,
  started text not null,
  seen    text not null
);

create table store_identity (
  one integer primary key check (one = 1),
  id  text not null
);
