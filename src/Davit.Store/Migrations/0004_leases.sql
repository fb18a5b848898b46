-- Rights to act that end by themselves. A fence grows with every taking of any lease, so the newest holder has the largest.
create sequence fences as bigint;
create sequence sessions as int;

create table leases (
    name       text primary key,
    holder     text not null,
    -- the number of the holder's database session, which holds the advisory lock of that number while it lives
    session    int not null,
    fence      bigint not null,
    -- how often it was taken without having been given back: work that ends its worker again and again is found by it
    takings    int not null default 1,
    taken_at   timestamptz not null,
    expires_at timestamptz not null
);

-- What was begun outside of PostgreSQL, under which lease; an effect without an end was cut off.
create table effects (
    id            bigint generated always as identity primary key,
    env_id        uuid not null,
    deployment_id uuid,
    name          text not null,
    subject       text not null,
    lease         text not null,
    fence         bigint not null,
    holder        text not null,
    began_at      timestamptz not null,
    ended_at      timestamptz,
    error         text
);
create index effects_open on effects (env_id) where ended_at is null;
create index effects_began on effects (began_at);

-- The edge is now shown the leader's fence together with the deployment's number.
alter table deployments drop column fence;
drop sequence deployment_fences;
