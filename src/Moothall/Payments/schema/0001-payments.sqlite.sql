-- What is to be paid for a case, and what was paid of it. Codes and pence; nothing that says who somebody is.
create table payment_due (
    reference text not null,
    charge text not null,
    pence integer not null,
    settled_pence integer not null,
    income_code text not null,
    vat text not null,
    due_at text not null,
    primary key (reference, charge)
) without rowid;

create table payment_made (
    reference text not null,
    number integer not null,
    charge text not null,
    pence integer not null,
    how text not null,
    receipt text,
    at text not null,
    by_member text,
    primary key (reference, number)
) without rowid;
