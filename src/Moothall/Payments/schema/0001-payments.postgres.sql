-- What is to be paid for a case, and what was paid of it. Codes and pence; nothing that says who somebody is.
create table payment_due (
    reference text not null,
    charge text not null,
    pence bigint not null,
    settled_pence bigint not null,
    income_code text not null,
    vat text not null,
    due_at timestamptz not null,
    primary key (reference, charge)
);

create table payment_made (
    reference text not null,
    number integer not null,
    charge text not null,
    pence bigint not null,
    how text not null,
    receipt text,
    at timestamptz not null,
    by_member text,
    primary key (reference, number)
);
