-- A new version took the place of older ones, which stay good until the window has ended and nothing runs with them.
create table secret_rotations (
    secret_id uuid primary key references secrets on delete cascade,
    org_id    uuid not null references orgs on delete cascade,
    -- the new one
    version   int not null,
    ends_at   timestamptz not null,
    -- from here on nothing starts with an older one
    ended_at  timestamptz
);
create index secret_rotations_due on secret_rotations (ends_at) where ended_at is null;
