-- Tenants; version is the model in force, 0 before the first.
create table tenant (
    tenant varchar(100) not null primary key,
    name varchar(400) not null,
    active boolean not null,
    version bigint not null,
    platform varchar(64) not null,
    created_at timestamp with time zone not null
);

-- A locked row is the right to do something that nobody else does meanwhile; it ends with the connection.
create table exclusive_right (
    name varchar(200) not null primary key
);

-- Archives of package folders under the hash of their files, in pieces that fit both databases.
create table layer_content (
    hash varchar(64) not null,
    piece integer not null,
    bytes bytea not null,
    primary key (hash, piece)
);

-- Packages that tenants can install.
create table package_version (
    name varchar(200) not null,
    version varchar(100) not null,
    namespace varchar(100) not null,
    title varchar(4000) not null,
    summary varchar(20000) not null,
    content varchar(64) not null,
    added_at timestamp with time zone not null,
    primary key (name, version)
);

-- Every model that was ever in force.
create table model_version (
    tenant varchar(100) not null,
    version bigint not null,
    fingerprint varchar(200) not null,
    kind varchar(30) not null,
    published_at timestamp with time zone not null,
    published_by uuid not null,
    published_by_name varchar(400) not null,
    remark varchar(4000) not null,
    changes varchar(1000000) not null,
    primary key (tenant, version)
);

create table model_layer (
    tenant varchar(100) not null,
    version bigint not null,
    ordinal integer not null,
    kind varchar(20) not null,
    name varchar(200) not null,
    namespace varchar(100) not null,
    package_version varchar(100) not null,
    content varchar(64) not null,
    plugin varchar(200) not null,
    enabled boolean not null,
    primary key (tenant, version, ordinal)
);
create index model_layer_name on model_layer (tenant, name, version);

-- Noted before tables are changed for a model, forgotten when the model is in force.
create table publish_intent (
    tenant varchar(100) not null primary key,
    version bigint not null,
    noted_at timestamp with time zone not null
);

create table seed_due (
    tenant varchar(100) not null,
    package_name varchar(200) not null,
    primary key (tenant, package_name)
);

-- Computed values of existing records are of this version's formulas, not yet of those in force.
create table recompute_due (
    tenant varchar(100) not null primary key,
    version bigint not null
);

-- Properties that a product and a tenant have both changed. Values are JSON.
create table upgrade_conflict (
    id uuid not null primary key,
    tenant varchar(100) not null,
    package_name varchar(200) not null,
    from_version varchar(100) not null,
    to_version varchar(100) not null,
    element varchar(500) not null,
    property varchar(200) not null,
    base_value varchar(1000000),
    their_value varchar(1000000),
    my_value varchar(1000000),
    state varchar(20) not null,
    created_at timestamp with time zone not null,
    decided_by uuid,
    decided_by_name varchar(400),
    decided_at timestamp with time zone
);
create index upgrade_conflict_tenant on upgrade_conflict (tenant, state);
