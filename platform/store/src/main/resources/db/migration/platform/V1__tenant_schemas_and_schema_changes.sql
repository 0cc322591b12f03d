-- Which schemas belong to tenants, and up to which files the platform's tables in them were brought.
create table tenant_schema (
    tenant varchar(100) not null primary key,
    schema_name varchar(63) not null unique,
    platform_level varchar(10000),
    created_at timestamp with time zone not null default current_timestamp
);

-- Journal of changes to tenants' tables. RUNNING: to be completed; DONE; FAILED: given up, see fault.
create table schema_change (
    id uuid not null primary key,
    tenant varchar(100) not null,
    target_fingerprint varchar(200) not null,
    state varchar(10) not null,
    fault varchar(2000),
    started_at timestamp with time zone not null default current_timestamp,
    ended_at timestamp with time zone
);
create index schema_change_state on schema_change (state, tenant);

create table schema_change_step (
    change_id uuid not null,
    ordinal integer not null,
    step varchar(1000000) not null,
    done boolean not null,
    primary key (change_id, ordinal)
);
