-- Who opened one case of a sensitive service that is not theirs, why, and until when they may see it. Personal; goes with the case.
create table broken_glass (
  id        text primary key,
  reference text not null,
  member    text not null,
  reason    text not null,
  at        timestamptz not null,
  until     timestamptz not null,
  authority text not null,
  team      text not null,
  service   text not null
);
create index broken_glass_reference on broken_glass (reference, member, until);
create index broken_glass_team on broken_glass (team, at);
create index broken_glass_authority on broken_glass (authority, at);
create index broken_glass_until on broken_glass (until);
