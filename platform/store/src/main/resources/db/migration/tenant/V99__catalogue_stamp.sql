-- Another text with each change of what the catalogue says of an object, and under the empty name with each change at all: who has
-- read the catalogue and finds the same text need not read it again. No text comes a second time.
create table tenon_catalogue_stamp (
    object_name varchar(200) not null primary key,
    stamp varchar(40) not null
);

insert into tenon_catalogue_stamp (object_name, stamp)
select object_name, cast(current_timestamp as varchar(40)) from tenon_table;

insert into tenon_catalogue_stamp (object_name, stamp)
select '', max(stamp) from tenon_catalogue_stamp having count(*) > 0;
