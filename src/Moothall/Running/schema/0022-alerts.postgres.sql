-- What is wrong with the running of the council at this moment, each from when it began until it ends. It says nothing of anybody.
create table alert (
    kind text not null,
    what text not null,
    since timestamptz not null,
    why text,
    primary key (kind, what)
);
