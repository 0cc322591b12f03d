-- Who began a change of tables, how far it is, and whether somebody wants it to end. CANCELLED is a state of its own.
alter table schema_change add column started_by uuid;
alter table schema_change add column started_by_name varchar(400);
alter table schema_change add column in_background boolean default false not null;
alter table schema_change add column object_name varchar(200);
alter table schema_change add column phase varchar(20);
alter table schema_change add column rows_done bigint default 0 not null;
alter table schema_change add column rows_total bigint default 0 not null;
alter table schema_change add column cancel_requested boolean default false not null;
create index schema_change_tenant on schema_change (tenant, started_at);
