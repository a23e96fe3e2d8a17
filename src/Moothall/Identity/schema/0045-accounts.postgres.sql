-- Accounts of residents. Who somebody is stands in the other rows, so that all of it can be erased.
create table account (
  id       text primary key,
  made     timestamptz not null,
  seen     timestamptz not null,
  language text not null,
  warned   timestamptz
);
create index account_seen on account (seen);

-- The address with which somebody signs in, and to which we write. Personal.
create table account_email (
  account   text primary key,
  address   text not null,
  folded    text not null unique,
  confirmed timestamptz not null
);

-- One-time links to sign in, or to confirm another address; only a hash of the code is kept. Personal, for a day.
create table account_link (
  hash    text primary key,
  purpose text not null,
  address text not null,
  folded  text not null,
  account text,
  back    text not null,
  browser text not null,
  asked   timestamptz not null,
  expires timestamptz not null,
  used    timestamptz,
  tries   integer not null
);
create index account_link_folded on account_link (folded, asked);
create index account_link_expires on account_link (expires);

-- Who somebody is at a provider of sign-in (OpenID Connect). Personal.
create table account_provider (
  issuer  text not null,
  subject text not null,
  account text not null,
  added   timestamptz not null,
  used    timestamptz not null,
  primary key (issuer, subject)
);
create index account_provider_account on account_provider (account);

create table account_session (
  hash    text primary key,
  account text not null,
  started timestamptz not null,
  seen    timestamptz not null,
  ended   timestamptz,
  level   text not null,
  method  text not null,
  device  text,
  acting  text
);
create index account_session_account on account_session (account);
create index account_session_seen on account_session (seen);
