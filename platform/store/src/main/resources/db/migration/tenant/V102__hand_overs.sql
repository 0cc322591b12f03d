-- Jobs that give one person's records and open work items to another.
create table tenon_hand_over (
    id uuid not null primary key,
    seq bigint generated always as identity unique,
    from_user uuid not null,
    to_user uuid not null,
    started_by uuid not null,
    state varchar(20) not null,
    total bigint not null,
    processed bigint not null,
    work_items bigint not null,
    left_over bigint not null,
    object_name varchar(200) not null,
    last_id uuid,
    queued_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    failure varchar(2000),
    claimed_by varchar(100),
    claimed_until timestamp with time zone,
    stop_wanted boolean not null
);
create index tenon_hand_over_open on tenon_hand_over (state, seq);
