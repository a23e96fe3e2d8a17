create table circumstance_day (
  service   text not null,
  authority text not null,
  day       text not null,
  kind      text not null,
  value     text not null,
  n         bigint not null,
  primary key (service, authority, kind, day, value)
) without rowid;
