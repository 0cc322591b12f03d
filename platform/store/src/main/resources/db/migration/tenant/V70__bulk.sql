-- Imports of workbooks, in three modes, and as a trial.
alter table tenon_import add column workbook boolean default false not null;
alter table tenon_import add column sheet_number integer default 0 not null;
alter table tenon_import add column row_mode varchar(20) default 'INSERT' not null;
alter table tenon_import add column dry_run boolean default false not null;
update tenon_import set row_mode = 'UPSERT' where key_field <> '';

create table tenon_export (
    id uuid not null primary key,
    seq bigint generated always as identity unique,
    object_name varchar(200) not null,
    list_query varchar(30000) not null,
    technical_names boolean not null,
    file_format varchar(20) not null,
    charset varchar(40) not null,
    separator_char varchar(1) not null,
    file_name varchar(500) not null,
    locale varchar(40) not null,
    started_by uuid not null,
    state varchar(20) not null,
    total_rows bigint not null,
    processed bigint not null,
    titles varchar(1000000) not null,
    place varchar(10000) not null,
    row_bytes bigint not null,
    altered bigint not null,
    file_bytes bigint not null,
    queued_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    expires_at timestamp with time zone,
    failure varchar(2000),
    claimed_by varchar(100),
    claimed_until timestamp with time zone,
    stop_wanted boolean not null
);
create index tenon_export_open on tenon_export (state, seq);
create index tenon_export_starter on tenon_export (started_by, seq);
