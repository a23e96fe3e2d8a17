-- A case whose record was erased: its row of codes stays with the status 'erased', and this says when and under which rule.
create table case_erased (
    reference text primary key,
    at text not null,
    reason text not null,
    rule text not null,
    list text not null
);
