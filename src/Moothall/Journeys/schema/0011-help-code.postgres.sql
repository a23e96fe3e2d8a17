-- A code with which an advisor finds somebody's own draft: only its hash, and only for half an hour.
create table draft_help (
    code_hash text primary key,
    draft text not null,
    until timestamptz not null
);
