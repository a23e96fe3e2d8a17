-- What the act did in other rooms, to be taken back with it: charges made due, a payment, something passed on. Codes and numbers.
alter table case_undo add column beside text;
