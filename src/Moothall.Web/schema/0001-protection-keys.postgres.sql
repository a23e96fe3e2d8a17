-- Keys that seal cookies and forms, shared by all nodes.
create table protection_key (
    id text primary key,
    xml text not null
);
