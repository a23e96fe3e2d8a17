create table inbox (
  source  text not null,
  id      text not null,
  type    text not null,
  at      text,
  arrived text not null,
  by_user text,
  state   text not null check (state in ('taken', 'parked')),
  why     text,
  body    text,
  primary key (source, id)
);
create index inbox_arrived on inbox (arrived);
create index inbox_parked on inbox (arrived) where state = 'parked';
