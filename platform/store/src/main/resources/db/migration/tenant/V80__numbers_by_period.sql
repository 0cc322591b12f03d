-- Last numbers of auto-number fields. A field that begins again each year has one row for each year, others one for ''.
create table tenon_number (
    object_name varchar(200) not null,
    field_name varchar(200) not null,
    period varchar(10) not null,
    last_number bigint not null,
    primary key (object_name, field_name, period)
);
insert into tenon_number (object_name, field_name, period, last_number)
    select object_name, field_name, '', last_number from tenon_counter;
drop table tenon_counter;
