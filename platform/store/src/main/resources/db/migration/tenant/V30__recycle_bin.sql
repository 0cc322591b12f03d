-- Deleted records, until they are restored or their time is over. An entry has the id of the tree's root.
create table tenon_bin_entry (
    id uuid not null primary key,
    object_name varchar(200) not null,
    deleted_by uuid not null,
    own_right boolean not null,
    channel varchar(20) not null,
    deleted_at timestamp with time zone not null
);
create index tenon_bin_entry_time on tenon_bin_entry (deleted_at, id);
create index tenon_bin_entry_person on tenon_bin_entry (deleted_by, deleted_at, id);

-- The records of a tree, a master before its parts.
create table tenon_bin_record (
    entry_id uuid not null references tenon_bin_entry (id) on delete cascade,
    place integer not null,
    object_name varchar(200) not null,
    record_id uuid not null,
    version bigint not null,
    primary key (entry_id, place)
);

-- Their values, as in the history.
create table tenon_bin_value (
    entry_id uuid not null,
    place integer not null,
    field_name varchar(200) not null,
    field_value varchar(1000000) not null,
    computed boolean not null,
    primary key (entry_id, place, field_name),
    foreign key (entry_id, place) references tenon_bin_record (entry_id, place) on delete cascade
);

-- References of other records that were emptied when the tree was deleted.
create table tenon_bin_release (
    entry_id uuid not null references tenon_bin_entry (id) on delete cascade,
    object_name varchar(200) not null,
    record_id uuid not null,
    field_name varchar(200) not null,
    referred_id uuid not null,
    primary key (entry_id, record_id, field_name)
);
