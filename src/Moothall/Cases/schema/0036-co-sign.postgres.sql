-- Asking a second person to agree to a case: the newest link, of which only a hash is kept, and what came of it.
create table case_co_sign (
    reference text primary key,
    number integer not null,
    link text not null,
    tries integer not null,
    due integer not null,
    asked timestamptz not null,
    ends timestamptz not null,
    reminded timestamptz,
    answer text,
    answered timestamptz
);
create unique index case_co_sign_link on case_co_sign (link);
