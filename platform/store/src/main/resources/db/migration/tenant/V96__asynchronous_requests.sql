-- Requests to the data API that are answered later, and what was sent and answered, in pieces that fit both databases.
create table tenon_async_request (
    id uuid not null primary key,
    seq bigint generated always as identity unique,
    http_method varchar(10) not null,
    request_path varchar(30000) not null,
    request_query varchar(30000),
    request_headers varchar(100000) not null,
    service_root varchar(2000) not null,
    locale varchar(40) not null,
    started_by uuid not null,
    through varchar(20) not null,
    state varchar(20) not null,
    answer_status integer not null,
    answer_headers varchar(100000) not null,
    answer_bytes bigint not null,
    queued_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    failure varchar(2000),
    claimed_by varchar(100),
    claimed_until timestamp with time zone,
    stop_wanted boolean not null
);
create index tenon_async_request_open on tenon_async_request (state, seq);
create index tenon_async_request_starter on tenon_async_request (started_by, seq);

create table tenon_async_piece (
    request_id uuid not null,
    of_answer boolean not null,
    piece integer not null,
    bytes bytea not null,
    primary key (request_id, of_answer, piece)
);
