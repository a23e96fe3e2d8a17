-- How often somebody whom the nodes watch asked within a minute, as the nodes told each other. Who it is stands there as a code by the store's own key; it goes after some minutes.
create table request_count (
  minute  integer not null,
  who     text not null,
  count   integer not null,
  primary key (minute, who)
);
