create table token (
  hash    text primary key,
  member  text not null,
  created timestamptz not null,
  expires timestamptz,
  revoked timestamptz
);
create index token_member on token (member);
