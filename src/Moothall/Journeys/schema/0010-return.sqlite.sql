-- The link with which somebody comes back to a form: one a draft, the newest. Personal; goes with the draft.
create table draft_return (
    draft text primary key,
    number integer not null,
    link text not null unique,
    email text not null,
    tries integer not null,
    asked text not null
) without rowid;
