-- An order to many cases is found by one of them when that one is erased.
create index bulk_case_reference on bulk_case (reference);
