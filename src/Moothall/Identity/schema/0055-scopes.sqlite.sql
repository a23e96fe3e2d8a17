-- What a token is called and may be used for (null: all that its member may), who made it, and whether it is a short one that a program fetched with its key.
alter table token add column name text;
alter table token add column scopes text;
alter table token add column made_by text;
alter table token add column kind text not null default 'token';
create index token_kept on token (created) where kind = 'token' and revoked is null;
