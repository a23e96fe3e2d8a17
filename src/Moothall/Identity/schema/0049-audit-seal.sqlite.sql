-- The chain over the audit log. A batch has the digest of each of its entries in their order; its root is over those and their positions, its chain over the root and the chain before.
create table audit_batch (
  number         integer primary key,
  first_position integer not null,
  last_position  integer not null,
  sealed         text not null,
  day            text not null,
  digests        blob not null,
  root           blob not null,
  chain          blob not null
);

-- What is published of each day that is over: the chain at its last batch.
create table audit_day (
  day     text primary key,
  batch   integer not null,
  entries integer not null,
  total   integer not null,
  root    blob not null
);
