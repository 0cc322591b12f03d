-- How far the delivery of an event is: who has it until when, which consumers are done, whether it was given up.
alter table tenon_outbox add column claimed_until timestamp with time zone;
alter table tenon_outbox add column done_by varchar(2000) default '' not null;
alter table tenon_outbox add column buried boolean default false not null;

create table tenon_import (
    id uuid not null primary key,
    seq bigint generated always as identity unique,
    object_name varchar(200) not null,
    file_name varchar(500) not null,
    content_hash varchar(64) not null,
    charset varchar(40) not null,
    separator_char varchar(1) not null,
    column_fields varchar(1000000) not null,
    key_field varchar(200) not null,
    started_by uuid not null,
    state varchar(20) not null,
    total_rows bigint not null,
    processed bigint not null,
    created_rows bigint not null,
    updated_rows bigint not null,
    rejected_rows bigint not null,
    queued_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    failure varchar(2000),
    claimed_by varchar(100),
    claimed_until timestamp with time zone,
    stop_wanted boolean not null
);
create index tenon_import_open on tenon_import (state, seq);
create index tenon_import_starter on tenon_import (started_by, seq);

create table tenon_import_error (
    id bigint generated always as identity primary key,
    import_id uuid not null,
    line_number bigint not null,
    column_title varchar(500) not null,
    code varchar(200) not null,
    message varchar(2000) not null
);
create index tenon_import_error_line on tenon_import_error (import_id, line_number, id);
