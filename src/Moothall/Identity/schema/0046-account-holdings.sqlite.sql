-- Which cases are an account's: sent while signed in, added with the code, or sent for its person by somebody who acts for them.
create table account_case (
  account   text not null,
  reference text not null,
  since     text not null,
  how       text not null,
  acting    text,
  primary key (account, reference)
);
create index account_case_reference on account_case (reference);
create index account_case_acting on account_case (acting) where acting is not null;

-- What somebody told us of themselves in a form that says so, to be filled in the next time. Personal.
create table account_detail (
  account   text not null,
  kind      text not null,
  answer    text not null,
  reference text not null,
  at        text not null,
  primary key (account, kind)
);
