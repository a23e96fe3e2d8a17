-- contracts
-- Words under the reference of their case. On PostgreSQL a case that was erased while 0059 ran may have left words behind; the same here, so that both have one rule.
drop trigger case_word_added;
drop trigger case_word_deleted;
drop table case_word;
delete from case_search_word where number in (select number from council_case where status = 'erased');
