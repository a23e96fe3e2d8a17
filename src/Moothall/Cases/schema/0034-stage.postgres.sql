-- A stage that few cases are in is found at once, however many others there are.
create index council_case_stage_due on council_case (stage, authority, status, due, number);
