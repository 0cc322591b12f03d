-- What a dry run has tried: its rows are rolled back, so later ones look here for those they would be duplicates of.
create table tenon_import_tried (
    import_id uuid not null,
    tried_key varchar(32) not null,
    record_id uuid not null,
    content varchar(1000000) not null,
    primary key (import_id, tried_key, record_id)
);
