-- Every tenant's row carries org_id, and every key a tenant can name begins with it.

create table settings (
    name  text primary key,
    value text not null
);

create table orgs (
    id         uuid primary key,
    name       text not null unique,
    version    bigint not null default 1,
    created_at timestamptz not null
);

create table projects (
    id          uuid primary key,
    org_id      uuid not null references orgs,
    name        text not null,
    description text not null default '',
    version     bigint not null default 1,
    created_at  timestamptz not null,
    unique (org_id, name)
);

create table apps (
    id          uuid primary key,
    org_id      uuid not null references orgs,
    project_id  uuid not null references projects,
    name        text not null,
    description text not null default '',
    version     bigint not null default 1,
    releases    int not null default 0,
    created_at  timestamptz not null,
    unique (project_id, name)
);

create table envs (
    id          uuid primary key,
    org_id      uuid not null references orgs,
    app_id      uuid not null references apps,
    name        text not null,
    version     bigint not null default 1,
    -- the deployment users are served by, and the wish it carries; null before the first success
    serving_id  uuid,
    -- service name -> wanted instances, set by scaling
    scale       jsonb not null default '{}',
    stopped     boolean not null default false,
    deleting    boolean not null default false,
    deployments int not null default 0,
    created_at  timestamptz not null,
    unique (app_id, name)
);

create table releases (
    id            uuid primary key,
    org_id        uuid not null references orgs,
    app_id        uuid not null references apps,
    number        int not null,
    input_hash    text not null,
    manifest_hash text not null,
    manifest      jsonb not null,
    services      jsonb not null,
    provenance    jsonb not null,
    created_by    text not null,
    created_at    timestamptz not null,
    unique (app_id, number),
    unique (app_id, input_hash)
);

create table deployments (
    id          uuid primary key,
    org_id      uuid not null references orgs,
    env_id      uuid not null references envs,
    number      int not null,
    kind        text not null,
    -- what was asked for; the release is known once it is made
    source      jsonb not null,
    release_id  uuid references releases,
    -- the wish the planner works towards: services, routes, commands
    wish        jsonb,
    state       jsonb not null,
    is_final    boolean not null default false,
    phases      jsonb not null default '[]',
    facts       jsonb not null default '{}',
    plan_hash   text,
    fence       bigint not null default 0,
    actor       text not null,
    request_id  text not null,
    reason      text not null default '',
    cancel_by   text,
    version     bigint not null default 1,
    created_at  timestamptz not null,
    finished_at timestamptz,
    unique (env_id, number)
);
create index deployments_unfinished on deployments (env_id, created_at) where not is_final;
create sequence deployment_fences;

-- The ledger: a row is written before the object exists, so a repeat finds it and a clean-up knows what is ours.
create table instances (
    id            uuid primary key,
    org_id        uuid not null references orgs,
    env_id        uuid not null references envs,
    deployment_id uuid not null references deployments,
    release_id    uuid not null references releases,
    service       text not null,
    name          text not null unique,
    ordinal       int not null,
    spec_hash     text not null,
    ended         jsonb,
    created_at    timestamptz not null,
    removed_at    timestamptz,
    unique (env_id, release_id, service, ordinal)
);
create index instances_present on instances (env_id) where removed_at is null;

create table owned_objects (
    kind       text not null,
    name       text not null,
    org_id     uuid not null references orgs,
    app_id     uuid not null references apps,
    env_id     uuid references envs,
    created_at timestamptz not null,
    removed_at timestamptz,
    primary key (kind, name)
);

-- Who holds which host, path or port, across all environments of the installation.
create table route_claims (
    id            uuid primary key,
    org_id        uuid not null references orgs,
    env_id        uuid not null references envs,
    claim         text not null unique,
    deployment_id uuid not null references deployments,
    created_at    timestamptz not null
);

create table event_heads (
    org_id uuid primary key references orgs,
    seq    bigint not null,
    hash   text not null
);

create table events (
    org_id         uuid not null references orgs,
    seq            bigint not null,
    at             timestamptz not null,
    type           text not null,
    version        int not null,
    subjects       text[] not null,
    actor          text not null,
    request_id     text not null,
    correlation_id text not null,
    payload        jsonb not null,
    prev_hash      text not null,
    hash           text not null,
    primary key (org_id, seq)
);
create index events_subjects on events using gin (subjects);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'events are append-only' using errcode = 'DV001';
end $$;
create trigger events_append_only before update or delete or truncate on events
    for each statement execute function refuse_change();

create table receipts (
    id         uuid primary key,
    org_id     uuid not null references orgs,
    kind       text not null,
    subjects   text[] not null,
    body       jsonb not null,
    created_at timestamptz not null
);
create index receipts_subjects on receipts using gin (subjects);

create table idempotency (
    org_id     uuid not null,
    actor      text not null,
    operation  text not null,
    key        text not null,
    body_hash  text not null,
    status     int,
    response   text,
    created_at timestamptz not null,
    primary key (org_id, actor, operation, key)
);

create table tokens (
    id         uuid primary key,
    org_id     uuid not null references orgs,
    actor      text not null,
    name       text not null,
    hash       bytea not null unique,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);

create table uploads (
    id         uuid primary key,
    org_id     uuid not null references orgs,
    app_id     uuid not null references apps,
    digest     text not null,
    bytes      bigint not null,
    files      int not null,
    created_at timestamptz not null
);

create table plans (
    hash       text not null,
    env_id     uuid not null references envs,
    org_id     uuid not null references orgs,
    body       jsonb not null,
    created_at timestamptz not null,
    primary key (env_id, hash)
);
