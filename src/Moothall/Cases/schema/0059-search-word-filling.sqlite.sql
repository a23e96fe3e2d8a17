-- What older cases are found by.
insert or ignore into case_search_word (word, number) select w.word, c.number from case_word w join council_case c on c.reference = w.reference order by w.word, c.number;
