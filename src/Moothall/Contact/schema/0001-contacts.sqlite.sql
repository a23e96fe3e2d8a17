create table contact (
  id               text primary key,
  at               text not null,
  channel          text not null,
  reason           text not null,
  service          text,
  authority        text,
  about            text,
  handling_seconds integer not null,
  by_member        text not null
);
create index contact_about on contact (about) where about is not null;

create table feedback (
  id        text primary key,
  at        text not null,
  service   text not null,
  authority text not null,
  channel   text not null,
  score     integer not null,
  words     text,
  at_point  text not null
);
create index feedback_service on feedback (service, at);
