-- The store's own catalogue: which table and column keep an object and a field. Nothing is ever removed from it.
create table tenon_table (
    object_name varchar(200) not null primary key,
    table_name varchar(63) not null unique
);

create table tenon_column (
    object_name varchar(200) not null,
    field_name varchar(200) not null,
    column_name varchar(63) not null,
    column_type varchar(40) not null,
    primary key (object_name, field_name),
    unique (object_name, column_name)
);

create table tenon_index (
    index_name varchar(63) not null primary key,
    object_name varchar(200) not null,
    field_names varchar(2000) not null,
    is_unique boolean not null
);

create table tenon_counter (
    object_name varchar(200) not null,
    field_name varchar(200) not null,
    last_number bigint not null,
    primary key (object_name, field_name)
);

create table tenon_history (
    id bigint generated always as identity primary key,
    save_id uuid not null,
    object_name varchar(200) not null,
    record_id uuid not null,
    kind varchar(10) not null,
    field_name varchar(200),
    old_value varchar(1000000),
    new_value varchar(1000000),
    changed_by uuid not null,
    channel varchar(20) not null,
    changed_at timestamp with time zone not null
);
create index tenon_history_record on tenon_history (record_id, id);

create table tenon_attachment (
    id uuid not null primary key,
    object_name varchar(200) not null,
    record_id uuid not null,
    file_name varchar(500) not null,
    media_type varchar(200) not null,
    size_bytes bigint not null,
    content_hash varchar(64) not null,
    created_by uuid not null,
    created_at timestamp with time zone not null
);
create index tenon_attachment_record on tenon_attachment (record_id, created_at, id);

-- Events that were committed with the change they tell of. A row is removed when it was delivered.
create table tenon_outbox (
    id uuid not null primary key,
    seq bigint generated always as identity unique,
    topic varchar(200) not null,
    event_key varchar(200) not null,
    payload varchar(1000000) not null,
    attempts integer not null default 0,
    available_at timestamp with time zone not null default current_timestamp,
    last_fault varchar(2000),
    created_at timestamp with time zone not null default current_timestamp
);
create index tenon_outbox_key on tenon_outbox (event_key, seq);
create index tenon_outbox_available on tenon_outbox (available_at, seq);
