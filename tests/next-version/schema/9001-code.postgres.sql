-- The end of a reference, by which it is looked for.
alter table council_case add column code text;
