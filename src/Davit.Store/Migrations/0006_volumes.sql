-- Volumes that have backups or are to have them. The row outlives the volume, because the backups do.
create table backed_volumes (
    -- the runtime's name, and the one of the manifest
    volume        text primary key,
    name          text not null,
    org_id        uuid not null references orgs,
    env_id        uuid not null,
    every_seconds bigint,
    prove_seconds bigint,
    keep          int not null default 14,
    -- since when the volume is not there any more
    gone_at       timestamptz
);
create index backed_volumes_of on backed_volumes (env_id);

-- Copies elsewhere. Only 'done' says that the index was read back.
create table backups (
    id          uuid primary key,
    org_id      uuid not null references orgs,
    env_id      uuid not null,
    volume      text not null references backed_volumes,
    state       text not null check (state in ('waiting', 'running', 'done', 'failed')),
    -- nothing may run on the volume while it is read
    stops       boolean not null,
    actor       text not null,
    request_id  text not null,
    attempts    int not null default 0,
    method      text not null default '',
    files       bigint not null default 0,
    bytes       bigint not null default 0,
    sent_bytes  bigint not null default 0,
    problem     jsonb,
    created_at  timestamptz not null,
    finished_at timestamptz
);
create index backups_of on backups (volume, created_at);
create index backups_open on backups (env_id) where state in ('waiting', 'running');

-- Restores, and those that only prove a backup. 'replacing' says that the old data may be gone and the new is not whole yet.
create table restores (
    id          uuid primary key,
    org_id      uuid not null references orgs,
    env_id      uuid not null,
    backup_id   uuid not null references backups on delete cascade,
    -- the volume that is written; of a proof the one that was backed up
    volume      text not null,
    kind        text not null check (kind in ('proof', 'new', 'in-place')),
    state       text not null check (state in ('waiting', 'running', 'replacing', 'done', 'failed')),
    actor       text not null,
    request_id  text not null,
    attempts    int not null default 0,
    files       bigint not null default 0,
    bytes       bigint not null default 0,
    problem     jsonb,
    created_at  timestamptz not null,
    finished_at timestamptz
);
create index restores_of on restores (backup_id);
create index restores_open on restores (env_id) where state in ('waiting', 'running', 'replacing');
