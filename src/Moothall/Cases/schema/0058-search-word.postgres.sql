-- The words a case is found by, under the number of the case in place of its reference: cases of one word that come together stand together, and what a search finds is one look-up each.
create table case_search_word (
    -- Ranges find words by how they begin, in the order of their symbols and not of any language.
    word text collate "C" not null,
    number bigint not null,
    primary key (word, number)
);
create index case_search_word_number on case_search_word (number);

-- What nodes of the version before write, until 0060 takes their form away.
create function case_word_added() returns trigger language plpgsql as $$ begin
    insert into case_search_word (word, number) select new.word, number from council_case where reference = new.reference on conflict do nothing;
    return null;
end $$;
create function case_word_deleted() returns trigger language plpgsql as $$ begin
    delete from case_search_word where word = old.word and number = (select number from council_case where reference = old.reference);
    return null;
end $$;
create trigger case_word_added after insert on case_word for each row execute function case_word_added();
create trigger case_word_deleted after delete on case_word for each row execute function case_word_deleted();
