-- Accounts, what they hold, and what signing in leaves behind. Quoted names read the same on H2 and PostgreSQL.

create table "tenon"."user_credential" (
    "tenant"        varchar(63)              not null,
    "user_id"       uuid                     not null,
    "login"         varchar(100)             not null,
    "password_hash" varchar(200)             not null,
    "active"        boolean                  not null,
    "failures"      integer default 0        not null,
    "paused_until"  timestamp with time zone,
    "revision"      bigint  default 1        not null,
    constraint "user_credential_pk" primary key ("tenant", "user_id"),
    constraint "user_credential_login" unique ("tenant", "login")
);

create table "tenon"."user_permission_set" (
    "tenant"         varchar(63)  not null,
    "user_id"        uuid         not null,
    "permission_set" varchar(200) not null,
    constraint "user_permission_set_pk" primary key ("tenant", "user_id", "permission_set"),
    constraint "user_permission_set_user" foreign key ("tenant", "user_id")
        references "tenon"."user_credential" ("tenant", "user_id") on delete cascade
);
create index "user_permission_set_holders" on "tenon"."user_permission_set" ("tenant", "permission_set");

create table "tenon"."access_token" (
    "id"           uuid                     not null,
    "hash"         varchar(64)              not null,
    "tenant"       varchar(63)              not null,
    "user_id"      uuid                     not null,
    "name"         varchar(100)             not null,
    "created_at"   timestamp with time zone not null,
    "expires_at"   timestamp with time zone not null,
    "last_used_at" timestamp with time zone,
    constraint "access_token_pk" primary key ("id"),
    constraint "access_token_hash" unique ("hash"),
    constraint "access_token_user" foreign key ("tenant", "user_id")
        references "tenon"."user_credential" ("tenant", "user_id") on delete cascade
);
create index "access_token_owner" on "tenon"."access_token" ("tenant", "user_id");

create table "tenon"."login_session" (
    "hash"       varchar(64)              not null,
    "tenant"     varchar(63)              not null,
    "user_id"    uuid                     not null,
    "created_at" timestamp with time zone not null,
    "expires_at" timestamp with time zone not null,
    constraint "login_session_pk" primary key ("hash"),
    constraint "login_session_user" foreign key ("tenant", "user_id")
        references "tenon"."user_credential" ("tenant", "user_id") on delete cascade
);
create index "login_session_owner" on "tenon"."login_session" ("tenant", "user_id");
create index "login_session_end" on "tenon"."login_session" ("expires_at");

create table "tenon"."authorization_code" (
    "id"         varchar(64)              not null,
    "hash"       varchar(64)              not null,
    "client"     varchar(100)             not null,
    "tenant"     varchar(63)              not null,
    "user_id"    uuid                     not null,
    "request"    varchar(8000)            not null,
    "issued_at"  timestamp with time zone not null,
    "expires_at" timestamp with time zone not null,
    "used"       boolean                  not null,
    constraint "authorization_code_pk" primary key ("id"),
    constraint "authorization_code_user" foreign key ("tenant", "user_id")
        references "tenon"."user_credential" ("tenant", "user_id") on delete cascade
);
create index "authorization_code_hash" on "tenon"."authorization_code" ("hash");
create index "authorization_code_end" on "tenon"."authorization_code" ("expires_at");

-- The slot is unique so that of two nodes that start at once only one can add the first key.
create table "tenon"."signing_key" (
    "slot"       integer                  not null,
    "id"         varchar(64)              not null,
    "jwk"        varchar(8000)            not null,
    "created_at" timestamp with time zone not null,
    constraint "signing_key_pk" primary key ("slot")
);
