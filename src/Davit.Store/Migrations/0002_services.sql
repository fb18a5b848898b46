-- A service keeps its id over all releases in which an environment has it.
create table services (
    id         uuid primary key,
    org_id     uuid not null references orgs,
    env_id     uuid not null references envs,
    name       text not null,
    created_at timestamptz not null,
    unique (env_id, name)
);
