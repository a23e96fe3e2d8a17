-- Which run of a node sends a message just now: what a node that is dead had begun is free at once.
alter table message add column claimed_by text;
create index message_claimed on message (claimed_by) where claimed_by is not null;
