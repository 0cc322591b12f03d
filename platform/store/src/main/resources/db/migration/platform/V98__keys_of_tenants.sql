-- What a tenant's encrypted fields are sealed with, itself sealed with the operator's key. The slot is unique so that of
-- two nodes that need a tenant's first key at once only one can add it.
create table "tenon"."data_key" (
    "tenant"     varchar(63)              not null,
    "slot"       integer                  not null,
    "id"         varchar(40)              not null,
    "sealed"     varchar(1000)            not null,
    "created_at" timestamp with time zone not null,
    constraint "data_key_pk" primary key ("tenant", "slot")
);
