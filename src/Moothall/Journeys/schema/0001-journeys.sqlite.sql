-- Sources of definitions by version: every node reads them here, so that folders may differ during an upgrade.
create table published_service (
    number integer primary key,
    service text not null,
    version integer not null,
    hash text not null,
    source text not null,
    at text not null,
    by_member text not null,
    unique (service, version)
);

-- A journey that was begun. Personal while it is open; answers go when it ends.
create table draft (
    id text primary key,
    service text not null,
    version integer not null,
    authority text not null,
    channel text not null,
    language text not null,
    device text,
    assisted_why text,
    answers text not null,
    revision integer not null,
    corrected integer not null,
    last_question text,
    started text not null,
    touched text not null,
    ended text,
    how text,
    reference text
) without rowid;
