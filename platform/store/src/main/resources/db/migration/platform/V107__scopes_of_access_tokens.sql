-- What a token is good for. Those that are there could do everything, and go on so.
alter table "tenon"."access_token" add column "scopes" varchar(100) default 'admin read write' not null;
