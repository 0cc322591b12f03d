-- One-time links to an account, and what happened to accounts. An account without a password ('') was invited and has yet to be activated.
alter table "tenon"."user_credential" add column "password_changed_at" timestamp with time zone;

create table "tenon"."account_link" (
    "hash"       varchar(64)              not null,
    "kind"       varchar(20)              not null,
    "tenant"     varchar(63)              not null,
    "user_id"    uuid                     not null,
    "created_at" timestamp with time zone not null,
    "expires_at" timestamp with time zone not null,
    constraint "account_link_pk" primary key ("hash"),
    constraint "account_link_user" foreign key ("tenant", "user_id")
        references "tenon"."user_credential" ("tenant", "user_id") on delete cascade
);
create index "account_link_owner" on "tenon"."account_link" ("tenant", "user_id");
create index "account_link_end" on "tenon"."account_link" ("expires_at");

-- No reference to the account: what happened stays told.
create table "tenon"."identity_event" (
    "seq"        bigint generated always as identity,
    "at"         timestamp with time zone not null,
    "tenant"     varchar(63)              not null,
    "kind"       varchar(40)              not null,
    "actor_id"   uuid,
    "actor_name" varchar(200),
    "user_id"    uuid,
    "user_name"  varchar(200),
    "address"    varchar(100)             not null,
    "detail"     varchar(1000)            not null,
    constraint "identity_event_pk" primary key ("seq")
);
create index "identity_event_tenant" on "tenon"."identity_event" ("tenant", "seq");
create index "identity_event_user" on "tenon"."identity_event" ("tenant", "user_id", "seq");
