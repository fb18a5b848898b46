-- Keys that seal what is secret, themselves wrapped by a master key that lies outside of the database. One per org; the one
-- without an org is for what belongs to no tenant alone, such as files of sources that several share.
create table data_keys (
    id         uuid primary key,
    org_id     uuid references orgs on delete cascade,
    -- which master key wraps it
    master     text not null,
    wrapped    bytea not null,
    created_at timestamptz not null,
    wrapped_at timestamptz not null,
    unique nulls not distinct (org_id)
);
create index data_keys_master on data_keys (master);

-- What a name means at one place: the org, a project, an app or an environment (the first of them that is not null, from
-- the right). A secret keeps its versions for ever; a variable keeps its last value.
create table secrets (
    id         uuid primary key,
    org_id     uuid not null references orgs on delete cascade,
    project_id uuid references projects on delete cascade,
    app_id     uuid references apps on delete cascade,
    env_id     uuid references envs on delete cascade,
    name       text not null,
    -- 'file', or 'env': also as a variable of the process
    deliver    text not null default 'file' check (deliver in ('file', 'env')),
    version    int not null,
    unset      boolean not null default false,
    created_at timestamptz not null,
    check (num_nonnulls(project_id, app_id, env_id) <= 1),
    unique nulls not distinct (org_id, project_id, app_id, env_id, name)
);

create table secret_versions (
    secret_id  uuid not null references secrets on delete cascade,
    version    int not null,
    org_id     uuid not null references orgs on delete cascade,
    sealed     bytea not null,
    -- equal for equal values of one org; made with a key, so that it says nothing about the value
    digest     text not null,
    origin     text not null check (origin in ('given', 'random', 'import', 'rotation')),
    author     text not null,
    created_at timestamptz not null,
    primary key (secret_id, version)
);
create function refuse_new_value() returns trigger language plpgsql as $$
begin
    raise exception 'versions of secrets are never changed' using errcode = 'DV002';
end $$;
create trigger secret_versions_immutable before update on secret_versions
    for each row execute function refuse_new_value();

create table variables (
    id         uuid primary key,
    org_id     uuid not null references orgs on delete cascade,
    project_id uuid references projects on delete cascade,
    app_id     uuid references apps on delete cascade,
    env_id     uuid references envs on delete cascade,
    -- only for this service of the environment; '' is for all
    service    text not null default '',
    name       text not null,
    -- 'text' is taken as it is, 'template' has references in it, 'unset' removes what lies below
    form       text not null check (form in ('text', 'template', 'unset')),
    value      text not null,
    locked     boolean not null default false,
    version    bigint not null default 1,
    author     text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (num_nonnulls(project_id, app_id, env_id) <= 1),
    check (service = '' or env_id is not null),
    unique nulls not distinct (org_id, project_id, app_id, env_id, service, name)
);

-- What an app says its variables are.
create table variable_definitions (
    org_id     uuid not null references orgs on delete cascade,
    app_id     uuid not null references apps on delete cascade,
    name       text not null,
    body       jsonb not null,
    version    bigint not null default 1,
    author     text not null,
    updated_at timestamptz not null,
    primary key (app_id, name)
);

-- Which environment another one takes values from, and whether it gives its secrets to those below it.
create table env_inheritance (
    env_id        uuid primary key references envs on delete cascade,
    org_id        uuid not null references orgs on delete cascade,
    inherits      uuid references envs on delete set null,
    gives_secrets boolean not null default false,
    version       bigint not null default 1
);
