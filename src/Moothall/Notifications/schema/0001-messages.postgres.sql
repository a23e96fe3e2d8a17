-- What is told to people, from when it is queued. Address and words are personal and go with the case or after a while; the key says what must not be sent twice.
create table message (
    number bigint generated always as identity primary key,
    key text not null unique,
    token text not null unique,
    kind text not null,
    authority text not null,
    service text,
    about text,
    version integer,
    language text not null,
    address text,
    subject text not null,
    plain text not null,
    html text not null,
    stop_link text,
    attachment_name text,
    attachment_kind text,
    attachment bytea,
    at_once boolean not null,
    state text not null check (state in ('waiting', 'doing', 'sent', 'stuck', 'not-sent')),
    trouble text,
    why text,
    attempts integer not null,
    next_try timestamptz,
    queued timestamptz not null,
    changed timestamptz not null
);
create index message_due on message (next_try) where next_try is not null;
create index message_about on message (about, number) where about is not null;
create index message_trouble on message (authority, trouble, number) where trouble is not null and state in ('waiting', 'doing', 'stuck');
create index message_ended on message (changed) where about is null and state in ('sent', 'not-sent');
create index message_address on message (address) where address is not null;

-- Addresses that a mail server said for good that they do not exist.
create table dead_address (
    address text primary key,
    since timestamptz not null,
    why text not null
);

-- What a person chose for the messages about one case.
create table message_choice (
    about text primary key,
    language text,
    no_mail boolean not null,
    changed timestamptz not null
);
