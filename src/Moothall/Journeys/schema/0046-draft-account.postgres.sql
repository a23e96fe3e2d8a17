-- The account that a draft is kept with, so that it goes on on another device; and the agreement under which somebody fills it in for somebody else.
alter table draft add column account text;
alter table draft add column acting text;
create index draft_account on draft (account) where account is not null;
