-- The cases that one message tells of where they are several: a contractor's list. What it says of a case goes with that case.
create table message_case (
    reference text not null,
    number integer not null,
    primary key (reference, number)
) without rowid;
create index message_case_number on message_case (number);
