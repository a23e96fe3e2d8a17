-- The next version does not write it any more; the version before reads a nought where it did not.
alter table case_history alter column handling_seconds set default 0;
