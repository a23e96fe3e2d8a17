create table token (
  hash    text primary key,
  member  text not null,
  created text not null,
  expires text,
  revoked text
);
create index token_member on token (member);
