-- Passwords that were used before, and addresses from which sign-ins failed.
create table "tenon"."former_password" (
    "tenant"  varchar(63)              not null,
    "user_id" uuid                     not null,
    "seq"     bigint generated always as identity,
    "hash"    varchar(200)             not null,
    "until"   timestamp with time zone not null,
    constraint "former_password_pk" primary key ("tenant", "user_id", "seq"),
    constraint "former_password_user" foreign key ("tenant", "user_id")
        references "tenon"."user_credential" ("tenant", "user_id") on delete cascade
);

create table "tenon"."login_address" (
    "address"      varchar(100)             not null,
    "failures"     integer                  not null,
    "last_at"      timestamp with time zone not null,
    "paused_until" timestamp with time zone,
    constraint "login_address_pk" primary key ("address")
);
create index "login_address_last" on "tenon"."login_address" ("last_at");
