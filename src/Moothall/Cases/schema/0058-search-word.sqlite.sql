-- The words a case is found by, under the number of the case in place of its reference: cases of one word that come together stand together, and what a search finds is one look-up each.
create table case_search_word (
    word text not null,
    number integer not null,
    primary key (word, number)
) without rowid;
create index case_search_word_number on case_search_word (number);

-- What a program of the version before writes, until 0060 takes its form away.
create trigger case_word_added after insert on case_word begin
    insert or ignore into case_search_word (word, number) select new.word, number from council_case where reference = new.reference;
end;
create trigger case_word_deleted after delete on case_word begin
    delete from case_search_word where word = old.word and number = (select number from council_case where reference = old.reference);
end;
