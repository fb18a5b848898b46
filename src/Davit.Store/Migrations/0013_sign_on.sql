-- Keys that JWTs are signed with. The private half is sealed; the public one is published until nothing signed with it is good any more.
create table jwt_keys (
    id              uuid primary key,
    public_key      bytea not null,
    sealed          bytea not null,
    created_at      timestamptz not null,
    -- it signs nothing from then on
    retired_at      timestamptz,
    -- when the last JWT that it signed ends
    last_expires_at timestamptz
);
create unique index jwt_keys_present on jwt_keys ((true)) where retired_at is null;

-- A token that is a JWT carries its row's id; without the row it is good for nothing here.
alter table tokens add column format text not null default 'opaque' check (format in ('opaque', 'jwt'));

-- Identity providers that an org lets people sign in with.
create table identity_providers (
    id         uuid primary key,
    org_id     uuid not null references orgs on delete cascade,
    name       text not null,
    issuer     text not null,
    client_id  text not null,
    -- sealed; null for a client without one
    secret     bytea,
    policy     jsonb not null,
    version    bigint not null default 1,
    created_at timestamptz not null,
    unique (org_id, name)
);

-- Whom a provider means by a subject. An address links nobody by itself.
create table identities (
    id          uuid primary key,
    provider_id uuid not null references identity_providers on delete cascade,
    subject     text not null,
    user_id     uuid not null references users on delete cascade,
    created_at  timestamptz not null,
    used_at     timestamptz,
    unique (provider_id, subject)
);
create index identities_of on identities (user_id);

-- A sign-on that has begun. What only the browser may know is not here: nonce and verifier are made from its cookie.
create table sign_on_attempts (
    hash        bytea primary key,
    provider_id uuid not null references identity_providers on delete cascade,
    browser     bytea not null,
    return_to   text not null,
    -- who wants to link the identity to his account
    link_user   uuid references users on delete cascade,
    expires_at  timestamptz not null
);

-- A session that an org's provider has opened reaches that org alone.
alter table user_sessions add column org_id uuid references orgs on delete cascade;
alter table user_sessions add column provider_id uuid references identity_providers on delete set null;
alter table device_codes add column org_id uuid references orgs on delete cascade;
alter table device_codes add column provider_id uuid references identity_providers on delete cascade;

-- Of whom a provider vouched for when the token was made; it reaches no further than he did.
alter table tokens add column provider_id uuid references identity_providers on delete set null;

-- Issuers of identity tokens, such as those of CI jobs, that a service principal's tokens are given for.
create table trust_rules (
    id           uuid primary key,
    org_id       uuid not null references orgs on delete cascade,
    service_id   uuid not null references service_principals on delete cascade,
    name         text not null,
    issuer       text not null,
    audience     text not null,
    -- claim to pattern
    conditions   jsonb not null,
    role         text,
    permissions  text[],
    within_level text,
    within_id    uuid,
    life_s       int not null,
    version      bigint not null default 1,
    created_at   timestamptz not null,
    unique (org_id, name)
);
alter table tokens add column trust_rule_id uuid references trust_rules on delete set null;
create index tokens_of_rule on tokens (trust_rule_id) where revoked_at is null;

-- An identity token is exchanged once.
create table spent_assertions (
    rule_id    uuid not null references trust_rules on delete cascade,
    hash       bytea not null,
    expires_at timestamptz not null,
    primary key (rule_id, hash)
);
