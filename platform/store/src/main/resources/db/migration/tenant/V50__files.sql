-- Files of fields; their bytes are kept under the hash. Without a record: uploaded, and not yet saved by anybody.
create table tenon_file (
    id uuid not null primary key,
    object_name varchar(200) not null,
    field_name varchar(200) not null,
    record_id uuid,
    file_name varchar(500) not null,
    media_type varchar(200) not null,
    size_bytes bigint not null,
    width integer,
    height integer,
    content_hash varchar(64) not null,
    created_by uuid not null,
    created_at timestamp with time zone not null
);
create index tenon_file_record on tenon_file (record_id, created_at);
create index tenon_file_hash on tenon_file (content_hash);
create index tenon_attachment_hash on tenon_attachment (content_hash);
create index tenon_bin_record_record on tenon_bin_record (record_id);
