create table case_reading (
  at        text not null,
  member    text not null,
  reference text not null,
  what      text not null
);
create index case_reading_reference on case_reading (reference, at);
create index case_reading_member on case_reading (member, at);
