-- The chain tells where a request came from and how it was decided. Rows of form 1 were hashed before it did.
alter table events
    add column form     int  not null default 1,
    add column address  text not null default '',
    add column decision text not null default 'allowed';
create index events_actor on events (org_id, actor, seq);
create index events_type on events (org_id, type text_pattern_ops, seq);
create index events_at on events (org_id, at);
create index events_address on events (org_id, address, seq) where address <> '';
create index events_denied on events (org_id, seq) where decision <> 'allowed';

create table event_checkpoints (
    org_id uuid not null references orgs,
    seq    bigint not null,
    hash   text not null,
    at     timestamptz not null,
    body   text not null,
    primary key (org_id, seq)
);
create trigger checkpoints_append_only before update or delete or truncate on event_checkpoints
    for each statement execute function refuse_change();

create table event_anchors (
    org_id  uuid not null references orgs,
    seq     bigint not null,
    hash    text not null,
    at      timestamptz not null,
    archive text not null,
    body    text not null,
    primary key (org_id, seq)
);
create trigger anchors_append_only before update or delete or truncate on event_anchors
    for each statement execute function refuse_change();

create table audit_policies (
    org_id       uuid primary key references orgs,
    keep_days    int not null,
    archive_days int not null,
    version      bigint not null
);

-- An event may go when a signed anchor says what stood there; nothing else ever changes.
create function refuse_unanchored() returns trigger language plpgsql as $$
begin
    if not exists (select from event_anchors a where a.org_id = old.org_id and a.seq >= old.seq) then
        raise exception 'events are append-only' using errcode = 'DV001';
    end if;
    return old;
end $$;
drop trigger events_append_only on events;
create trigger events_append_only before update or truncate on events
    for each statement execute function refuse_change();
create trigger events_kept before delete on events
    for each row execute function refuse_unanchored();

create function purge_events(org uuid, most int) returns int
language plpgsql security definer set search_path from current as $$
declare
    gone int;
begin
    delete from events e where e.org_id = org and e.seq in (
        select s.seq from events s
        where s.org_id = org and s.seq <= (select max(a.seq) from event_anchors a where a.org_id = org)
        order by s.seq limit most);
    get diagnostics gone = row_count;
    return gone;
end $$;
revoke execute on function purge_events(uuid, int) from public;

-- Limits and usage of an org. Without a limit a dimension is counted, never refused.
create table quotas (
    org_id    uuid not null references orgs,
    dimension text not null,
    max       bigint,
    used      bigint not null default 0,
    primary key (org_id, dimension)
);

create table quota_versions (
    org_id  uuid primary key references orgs,
    version bigint not null
);

-- What an environment takes of its org's quotas while its newest wish stands.
create table quota_shares (
    env_id    uuid not null references envs on delete cascade,
    org_id    uuid not null references orgs,
    dimension text not null,
    amount    bigint not null,
    primary key (env_id, dimension)
);

create table org_limits (
    org_id           uuid primary key references orgs,
    reads_per_minute  bigint,
    writes_per_minute bigint,
    networks          text[] not null default '{}',
    version           bigint not null default 1
);
