-- A text that people wrote is no markup, and what was computed is nobody's: values of before are taken back by what they meant.
alter table tenon_former_column add column meaning varchar(300) default '' not null;
