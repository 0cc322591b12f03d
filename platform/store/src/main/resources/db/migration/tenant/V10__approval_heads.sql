-- What the approval engine keeps beside the objects that people read.

-- One row for each approval: the mutex of its commands, the numbers of its events, and the claim on its record.
create table tenon_approval_head (
    instance_id uuid not null primary key,
    version bigint not null,
    seq bigint not null,
    round_seq bigint not null,
    last_at timestamp with time zone not null,
    last_hash varchar(64) not null,
    object_name varchar(200) not null,
    record_id uuid not null,
    process varchar(200) not null,
    submitter_id uuid not null,
    state varchar(20) not null,
    lock_mode varchar(10) not null,
    -- Empty once the approval has ended: so a record has one open approval at most, on every database.
    active_key varchar(300) unique,
    started_at timestamp with time zone not null
);
create index tenon_approval_head_record on tenon_approval_head (record_id, started_at);

-- Commands that took effect, by the ids their senders chose.
create table tenon_approval_command (
    actor_id uuid not null,
    command_id varchar(100) not null,
    instance_id uuid not null,
    given_at timestamp with time zone not null default current_timestamp,
    primary key (actor_id, command_id)
);

-- Definitions as they were when approvals started on them; never changed.
create table tenon_approval_definition (
    fingerprint varchar(64) not null primary key,
    process varchar(200) not null,
    definition varchar(1000000) not null,
    kept_at timestamp with time zone not null default current_timestamp
);
