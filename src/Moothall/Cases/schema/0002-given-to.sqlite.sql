-- Whom an assignment, and which team or service a move, gave the case to.
alter table case_history add column given_to text;
