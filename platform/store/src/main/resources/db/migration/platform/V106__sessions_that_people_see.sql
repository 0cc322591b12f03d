-- Where a session came from and when it was last used. The sum of its cookie is its name: nobody gets the cookie from it.
alter table "tenon"."login_session" add column "address" varchar(100) default '' not null;
alter table "tenon"."login_session" add column "device" varchar(300) default '' not null;
alter table "tenon"."login_session" add column "seen_at" timestamp with time zone;
