-- The chain over the audit log. A batch has the digest of each of its entries in their order; its root is over those and their positions, its chain over the root and the chain before.
-- All entries of transactions up to xid are in it or in one before (with xid 0, after a restore, up to last_position).
create table audit_batch (
  number         bigint primary key,
  xid            xid8 not null,
  first_position bigint not null,
  last_position  bigint not null,
  sealed         timestamptz not null,
  day            date not null,
  digests        bytea not null,
  root           bytea not null,
  chain          bytea not null
);
alter table audit_batch alter column digests set storage external;

-- What is published of each day that is over: the chain at its last batch.
create table audit_day (
  day     date primary key,
  batch   bigint not null,
  entries bigint not null,
  total   bigint not null,
  root    bytea not null
);
