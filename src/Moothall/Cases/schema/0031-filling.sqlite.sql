-- How far rows have come that older cases did not get when they were received: a portion at a time, so that nobody waits.
create table filling (
    name text primary key,
    number integer not null,
    done integer not null
);
