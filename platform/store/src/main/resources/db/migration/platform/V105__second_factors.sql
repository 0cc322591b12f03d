-- Time-based one-time passwords. The secret is sealed; the last step is kept so that no code counts twice.
create table "tenon"."second_factor" (
    "tenant"     varchar(63)              not null,
    "user_id"    uuid                     not null,
    "secret"     varchar(1000)            not null,
    "confirmed"  boolean                  not null,
    "last_step"  bigint                   not null,
    "created_at" timestamp with time zone not null,
    constraint "second_factor_pk" primary key ("tenant", "user_id"),
    constraint "second_factor_user" foreign key ("tenant", "user_id")
        references "tenon"."user_credential" ("tenant", "user_id") on delete cascade
);

create table "tenon"."recovery_code" (
    "tenant"  varchar(63) not null,
    "user_id" uuid        not null,
    "hash"    varchar(64) not null,
    constraint "recovery_code_pk" primary key ("tenant", "user_id", "hash"),
    constraint "recovery_code_user" foreign key ("tenant", "user_id")
        references "tenon"."user_credential" ("tenant", "user_id") on delete cascade
);
