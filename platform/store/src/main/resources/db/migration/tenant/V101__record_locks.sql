-- Locks that people and scripts have set on records. A record in the recycle bin keeps its lock.
create table tenon_record_lock (
    record_id uuid not null primary key,
    object_name varchar(200) not null,
    locked_by uuid not null,
    locked_at timestamp with time zone not null,
    reason varchar(500)
);
