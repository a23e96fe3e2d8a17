-- What is to be passed to a partner of a case: under which agreement, and the names of the questions whose answers it gets.
create table sharing_due (
    reference text not null,
    partner text not null,
    agreement text not null,
    fields text not null,
    due_at timestamptz not null,
    passed_at timestamptz,
    passed_by text,
    primary key (reference, partner)
);
