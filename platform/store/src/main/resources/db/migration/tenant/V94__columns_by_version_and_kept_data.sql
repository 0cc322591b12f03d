-- A field whose type has changed has another column from a version of the model on; models before it use the former one.
create table tenon_former_column (
    object_name varchar(200) not null,
    field_name varchar(200) not null,
    column_name varchar(63) not null,
    column_type varchar(40) not null,
    until_version bigint not null,
    settled boolean not null,
    primary key (object_name, column_name)
);

-- Data that no model in force uses, until its time is over. An empty field name: a whole object with its table.
create table tenon_kept_data (
    object_name varchar(200) not null,
    field_name varchar(200) not null,
    column_name varchar(63) not null,
    since_version bigint not null,
    kept_since timestamp with time zone not null,
    purged_at timestamp with time zone,
    primary key (object_name, field_name, column_name, since_version)
);
