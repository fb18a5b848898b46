-- Points in time of volumes, each in a volume of its own beside them. Only 'done' says that the copy was compared.
create table snapshots (
    id          uuid primary key,
    org_id      uuid not null references orgs,
    env_id      uuid not null,
    -- the runtime's name, and the one of the manifest
    volume      text not null,
    name        text not null,
    -- the runtime's name of the volume that holds the copy
    kept_in     text not null,
    method      text not null check (method in ('paused', 'stopped', 'live')),
    -- 'running' also says that instances of the environment may stand still
    state       text not null check (state in ('waiting', 'running', 'done', 'failed', 'deleting')),
    actor       text not null,
    request_id  text not null,
    attempts    int not null default 0,
    -- for how long everything that mounts the volume stood still
    paused_ms   bigint not null default 0,
    files       bigint not null default 0,
    bytes       bigint not null default 0,
    problem     jsonb,
    created_at  timestamptz not null,
    finished_at timestamptz
);
create index snapshots_of on snapshots (env_id, created_at);
create index snapshots_open on snapshots (volume) where state in ('waiting', 'running', 'deleting');

-- A restore is one of a backup or of a snapshot.
alter table restores alter column backup_id drop not null;
alter table restores add column snapshot_id uuid references snapshots on delete cascade;
alter table restores add constraint restores_from_one check ((backup_id is null) <> (snapshot_id is null));
create index restores_of_snapshot on restores (snapshot_id);
