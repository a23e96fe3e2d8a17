-- Whether a look through the older cases began while nodes of another version were serving: cases that those receive may be missed by it.
alter table filling add column beside_others boolean;
