-- Where a case lies, to find what is reported near by. The cell is a square of the map; the street is words of a register, never what somebody wrote.
create table case_place (
    reference text primary key,
    id text not null unique,
    service text not null,
    status text not null,
    received timestamptz not null,
    cell text,
    latitude double precision,
    longitude double precision,
    street text
);
create index case_place_cell on case_place (service, cell, received) where status = 'open';
create index case_place_street on case_place (service, street, received) where status = 'open';

-- Somebody who follows a case that another person reported. Personal; goes with the case.
create table case_follower (
    id text primary key,
    reference text not null,
    email text not null,
    language text not null,
    since timestamptz not null,
    link text not null unique,
    unique (reference, email)
);
