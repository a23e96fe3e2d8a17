-- Which line of history a line took back.
alter table case_history add column undoes integer;

-- The case as it was before somebody's last act, kept for the minute in which they may take it back.
create table case_undo (
    reference text primary key,
    version integer not null,
    at timestamptz not null,
    by_member text not null,
    before text not null,
    type text not null,
    schema integer not null,
    facts text not null
);
create index case_undo_at on case_undo (at);

-- One thing done to many cases, and how it went with each; gone after a day.
create table bulk (
    id text primary key,
    at timestamptz not null,
    by_member text not null,
    action text not null,
    choices text not null,
    note text
);
create table bulk_case (
    bulk text not null,
    position integer not null,
    reference text not null,
    seen_version integer not null,
    state text not null,
    done_version integer,
    why text,
    primary key (bulk, position)
);

-- Who is away, and who stands in.
create table absence (
    member text not null,
    from_day date not null,
    until_day date not null,
    stand_in text,
    by_member text not null,
    at timestamptz not null,
    primary key (member, from_day)
);

-- A reference by a part of it: from its first letter of the code, and by its last four.
create index council_case_code on council_case ((substr(reference, length(reference) - 8)) collate "C");
create index council_case_end on council_case ((substr(reference, length(reference) - 3)) collate "C");
