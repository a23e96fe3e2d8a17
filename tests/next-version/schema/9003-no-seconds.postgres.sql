-- contracts
alter table case_history drop column handling_seconds;
