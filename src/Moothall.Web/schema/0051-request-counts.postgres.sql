-- How often somebody whom the nodes watch asked within a minute, as the nodes told each other. Who it is stands there as a code by the store's own key; it goes after some minutes.
-- Unlogged: what is lost with the machine is a minute of counting.
create unlogged table request_count (
  minute  bigint not null,
  who     text not null,
  count   bigint not null,
  primary key (minute, who)
);
