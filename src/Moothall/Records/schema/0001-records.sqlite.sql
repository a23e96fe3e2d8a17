-- What is to be erased, and what was: by the time to keep, on a granted request, or because it expired. Codes only; a list that is done is a certificate.
create table record_list (
    id text primary key,
    kind text not null check (kind in ('keep', 'request', 'expired')),
    state text not null check (state in ('making', 'standing', 'done')),
    made text not null,
    due text not null,
    done text,
    by_member text,
    decision text,
    place text,
    hash text
);
create index record_list_state on record_list (state, due);

create table record_line (
    list text not null,
    reference text not null,
    service text not null,
    authority text not null,
    rule text not null,
    since text not null,
    state text not null check (state in ('listed', 'gone', 'kept')),
    what text,
    primary key (list, reference)
);
create index record_line_reference on record_line (reference);

-- What stops erasing. About is a reference, a service, or words a person's cases are found by, which go when the hold ends.
create table record_hold (
    id text primary key,
    kind text not null check (kind in ('case', 'service', 'person')),
    about text not null,
    reason text not null,
    review text not null,
    by_member text not null,
    made text not null,
    ended text,
    ended_by text
);

-- Who did what with people's records: a line an act.
create table record_act (
    id text primary key,
    at text not null,
    by_member text,
    what text not null,
    list text,
    decision text,
    cases integer not null
);
create index record_act_at on record_act (at);
