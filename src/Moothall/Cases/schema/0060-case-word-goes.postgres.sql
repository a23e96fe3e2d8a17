-- contracts
-- Words under the reference of their case. One that was erased while 0059 ran may have left words behind.
drop trigger case_search_word_added on case_search_word;
drop trigger case_search_word_deleted on case_search_word;
drop table case_word;
drop function case_word_added();
drop function case_word_deleted();
drop function case_search_word_added();
drop function case_search_word_deleted();
delete from case_search_word where number in (select number from council_case where status = 'erased');
