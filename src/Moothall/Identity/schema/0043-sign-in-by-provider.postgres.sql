-- Who a member of staff is at a provider of sign-in (OpenID Connect), and what their groups gave when they last signed in. Personal.
create table staff_provider (
  issuer  text not null,
  subject text not null,
  member  text not null,
  granted text,
  added   timestamptz not null,
  used    timestamptz not null,
  primary key (issuer, subject)
);
create index staff_provider_member on staff_provider (member, issuer);

-- What a session has by the groups that somebody was in when they signed in; null for one that was begun in another way.
alter table staff_session add column granted text;

-- Sessions that a provider stands behind, of staff and of residents: it may end them. The ID token is sealed and is needed once, to sign out there too. Personal.
create table provider_session (
  session    text primary key,
  whose      text not null,
  provider   text not null,
  issuer     text not null,
  subject    text not null,
  theirs     text,
  id_token   text,
  at         timestamptz not null
);
create index provider_session_subject on provider_session (issuer, subject);
create index provider_session_theirs on provider_session (issuer, theirs);
create index provider_session_at on provider_session (at);

-- Names of sign-outs that providers told of; a second time they are refused.
create table heard_sign_out (
  hash  text primary key,
  until timestamptz not null
);
