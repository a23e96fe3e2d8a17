-- Which run of a node does an effect just now: what a node that is dead had begun is free at once.
alter table effect add column claimed_by text;
create index effect_claimed on effect (claimed_by) where claimed_by is not null;
