-- What staff, programs and the council's commands did that must be provable: who, what, about what, why and when. The chain stands beside it and holds hashes alone; what is
-- personal here (who, acting, about, why, detail) goes with its salt when its time is over, and hash and kind stay.
create table audit_entry (
  number    integer primary key autoincrement,
  at        text not null,
  kind      text not null,
  authority text not null,
  who       text,
  acting    text,
  about     text,
  why       text,
  detail    text,
  salt      blob,
  hash      blob not null,
  erased    text
);
create index audit_entry_authority on audit_entry (authority, at) where salt is not null;
create index audit_entry_kind on audit_entry (kind, at) where salt is not null;
create index audit_entry_who on audit_entry (who, at) where who is not null;
create index audit_entry_about on audit_entry (about, at) where about is not null;
create index audit_entry_erased on audit_entry (erased) where erased is not null;
