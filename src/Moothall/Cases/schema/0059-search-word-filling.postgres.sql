-- What older cases are found by.
insert into case_search_word (word, number) select w.word, c.number from case_word w join council_case c on c.reference = w.reference on conflict do nothing;

-- What nodes of this version write, so that those of the version before find it.
create function case_search_word_added() returns trigger language plpgsql as $$ begin
    insert into case_word (word, reference) select new.word, reference from council_case where number = new.number on conflict do nothing;
    return null;
end $$;
create function case_search_word_deleted() returns trigger language plpgsql as $$ begin
    delete from case_word where word = old.word and reference = (select reference from council_case where number = old.number);
    return null;
end $$;
create trigger case_search_word_added after insert on case_search_word for each row execute function case_search_word_added();
create trigger case_search_word_deleted after delete on case_search_word for each row execute function case_search_word_deleted();
