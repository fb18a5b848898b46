-- People belong to the installation, and to orgs by membership. Everything else here belongs to one org.
create table users (
    id            uuid primary key,
    email         text not null,
    -- the address as it is compared
    email_key     text not null unique,
    name          text not null,
    -- null for those who only sign in elsewhere
    password      text,
    -- hashes of passwords before this one, which may not come back
    passwords     text[] not null default '{}',
    is_operator   boolean not null default false,
    -- sealed; it counts from the moment it is confirmed
    totp          bytea,
    totp_confirmed boolean not null default false,
    -- a step is spent once
    totp_step     bigint not null default 0,
    version       bigint not null default 1,
    created_at    timestamptz not null,
    last_seen_at  timestamptz
);

create table recovery_codes (
    user_id uuid not null references users on delete cascade,
    hash    bytea not null,
    used_at timestamptz,
    primary key (user_id, hash)
);

create table passkeys (
    id            uuid primary key,
    user_id       uuid not null references users on delete cascade,
    name          text not null,
    credential_id bytea not null unique,
    -- what the framework keeps of it
    credential    jsonb not null,
    created_at    timestamptz not null,
    used_at       timestamptz
);

create table roles (
    id          uuid primary key,
    org_id      uuid not null references orgs on delete cascade,
    name        text not null,
    description text not null default '',
    permissions text[] not null,
    version     bigint not null default 1,
    created_at  timestamptz not null,
    unique (org_id, name)
);

create table members (
    org_id       uuid not null references orgs on delete cascade,
    user_id      uuid not null references users on delete cascade,
    -- a built-in role, or none: then grants alone count
    role         text not null,
    suspended_at timestamptz,
    version      bigint not null default 1,
    created_at   timestamptz not null,
    primary key (org_id, user_id)
);
create index members_of on members (user_id);

create table teams (
    id          uuid primary key,
    org_id      uuid not null references orgs on delete cascade,
    parent_id   uuid references teams,
    name        text not null,
    description text not null default '',
    version     bigint not null default 1,
    created_at  timestamptz not null,
    unique (org_id, name)
);

create table team_members (
    team_id    uuid not null references teams on delete cascade,
    org_id     uuid not null,
    user_id    uuid not null,
    is_lead    boolean not null default false,
    created_at timestamptz not null,
    primary key (team_id, user_id),
    -- who leaves the org leaves its teams
    foreign key (org_id, user_id) references members (org_id, user_id) on delete cascade
);
create index team_members_of on team_members (org_id, user_id);

create table service_principals (
    id          uuid primary key,
    org_id      uuid not null references orgs on delete cascade,
    name        text not null,
    description text not null default '',
    version     bigint not null default 1,
    created_at  timestamptz not null,
    unique (org_id, name)
);

create table grants (
    id                uuid primary key,
    org_id            uuid not null references orgs on delete cascade,
    user_id           uuid,
    team_id           uuid references teams on delete cascade,
    service_id        uuid references service_principals on delete cascade,
    -- a built-in role, or one of the org's own
    role              text,
    role_id           uuid references roles,
    scope_level       text not null check (scope_level in ('org', 'project', 'app', 'env')),
    scope_id          uuid not null,
    is_deny           boolean not null default false,
    reaches_protected boolean not null default false,
    needs_second_factor boolean not null default false,
    networks          text[] not null default '{}',
    reason            text not null default '',
    granted_by        text not null,
    expires_at        timestamptz,
    created_at        timestamptz not null,
    foreign key (org_id, user_id) references members (org_id, user_id) on delete cascade,
    check (num_nonnulls(user_id, team_id, service_id) = 1 and num_nonnulls(role, role_id) = 1)
);
create index grants_of_user on grants (org_id, user_id);
create index grants_of_team on grants (team_id);
create index grants_of_service on grants (service_id);
create index grants_on on grants (scope_id);

-- A grant ends with what it was made on.
create function forget_grants() returns trigger language plpgsql as $$
begin
    delete from grants where scope_id = old.id;
    return old;
end $$;
create trigger projects_grants after delete on projects for each row execute function forget_grants();
create trigger apps_grants after delete on apps for each row execute function forget_grants();
create trigger envs_grants after delete on envs for each row execute function forget_grants();

create table invitations (
    id          uuid primary key,
    org_id      uuid not null references orgs on delete cascade,
    email       text not null,
    role        text not null,
    teams       uuid[] not null default '{}',
    hash        bytea not null unique,
    invited_by  text not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    accepted_at timestamptz,
    revoked_at  timestamptz
);
create index invitations_of on invitations (org_id, created_at);

create table user_sessions (
    id           uuid primary key,
    user_id      uuid not null references users on delete cascade,
    kind         text not null check (kind in ('browser', 'cli')),
    hash         bytea not null unique,
    -- of what the client shows now; a browser's moves with each use
    expires_at   timestamptz not null,
    ends_at      timestamptz not null,
    has_second_factor boolean not null,
    proven_at    timestamptz not null,
    address      text not null,
    device       text not null,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    ended_at     timestamptz
);
create index sessions_of on user_sessions (user_id) where ended_at is null;

create table refresh_tokens (
    hash       bytea primary key,
    session_id uuid not null references user_sessions on delete cascade,
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index refresh_tokens_of on refresh_tokens (session_id);

create table device_codes (
    hash        bytea primary key,
    user_code   text not null unique,
    device      text not null,
    address     text not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    polled_at   timestamptz,
    interval_s  int not null default 5,
    answered_by uuid references users on delete cascade,
    is_approved boolean,
    has_second_factor boolean not null default false
);

-- Failed sign-ins, by account and by the network that they came from.
create table sign_in_failures (
    account text not null,
    network text not null,
    at      timestamptz not null
);
create index sign_in_failures_of on sign_in_failures (account, at);

alter table tokens add column user_id uuid references users on delete cascade;
alter table tokens add column service_id uuid references service_principals on delete cascade;
-- The one that is made at first start and stays on the machine.
alter table tokens add column is_host boolean not null default false;
-- null: all that its owner may
alter table tokens add column permissions text[];
alter table tokens add column within_level text;
alter table tokens add column within_id uuid;
alter table tokens add column networks text[] not null default '{}';
alter table tokens add column last_used_at timestamptz;
alter table tokens add column hint text not null default '';
update tokens set is_host = true;
create index tokens_of_user on tokens (user_id) where revoked_at is null;

alter table envs add column is_protected boolean not null default false;

-- Whoever holds something open is asked again whether he still may.
create function tell_access() returns trigger language plpgsql as $$
begin
    perform pg_notify('davit_access', '');
    return null;
end $$;
create trigger members_told after insert or update or delete on members for each statement execute function tell_access();
create trigger team_members_told after insert or update or delete on team_members for each statement execute function tell_access();
create trigger teams_told after delete on teams for each statement execute function tell_access();
create trigger grants_told after insert or delete on grants for each statement execute function tell_access();
create trigger roles_told after update or delete on roles for each statement execute function tell_access();
create trigger tokens_told after update of revoked_at on tokens for each statement execute function tell_access();
create trigger sessions_told after update of ended_at on user_sessions for each statement execute function tell_access();
create trigger envs_told after update of is_protected on envs for each statement execute function tell_access();

-- What whoever deploys may ask the runtime for, as it was when the deployment was taken in.
alter table deployments add column allowances text[] not null default '{}';
update deployments set allowances = array['runtime:host-path', 'runtime:privileged', 'runtime:host-network', 'runtime:engine-socket', 'runtime:capabilities'];
