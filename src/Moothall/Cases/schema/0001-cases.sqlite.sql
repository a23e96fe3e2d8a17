create table council_case (
    number integer primary key,
    reference text not null unique,
    service text not null,
    definition_version integer not null,
    authority text not null,
    team text not null,
    stage text not null,
    status text not null,
    outcome text,
    channel text not null,
    received text not null,
    closed text,
    close_by text,
    stage_due text,
    due text not null,
    stopped_at text,
    question text,
    assigned text,
    decided text not null,
    version integer not null,
    link_number integer not null,
    imported integer not null
);
-- Queues by what is due first, and lists by receipt. A list is put together from its authorities and open or closed, so every index has both before its order.
create index council_case_due on council_case (authority, status, due, number);
create index council_case_team_due on council_case (team, authority, status, due, number);
create index council_case_service_due on council_case (service, authority, status, due, number);
create index council_case_assigned_due on council_case (assigned, authority, status, due, number) where assigned is not null;
create index council_case_received on council_case (authority, status, received, number);
create index council_case_service_received on council_case (service, authority, status, received, number);
create index council_case_team_received on council_case (team, authority, status, received, number);

create table case_answers (
    reference text primary key,
    service text not null,
    definition_version integer not null,
    answers text not null
) without rowid;

create table case_circumstance (
    reference text primary key,
    ward text,
    language text not null,
    device text,
    assisted_why text
) without rowid;

create table case_history (
    reference text not null,
    version integer not null,
    at text not null,
    kind text not null,
    by_member text,
    action text,
    stage text,
    outcome text,
    note text,
    answers text,
    handling_seconds integer not null,
    primary key (reference, version)
) without rowid;

create table case_word (
    word text not null,
    reference text not null,
    primary key (word, reference)
) without rowid;
create index case_word_reference on case_word (reference);

create table link_key (
    id integer primary key,
    secret blob not null,
    created text not null
);
