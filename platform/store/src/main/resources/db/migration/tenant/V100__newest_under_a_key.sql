-- The newest records under a key are read from the index in its order, however many have the key.
create table tenon_match_newest (
    match_key varchar(32) not null,
    record_id uuid not null
);
insert into tenon_match_newest (match_key, record_id) select match_key, record_id from tenon_match_key;
drop table tenon_match_key;
alter table tenon_match_newest rename to tenon_match_key;
create unique index tenon_match_key_newest on tenon_match_key (match_key, record_id desc);
create index tenon_match_key_record on tenon_match_key (record_id);
