-- What a browser was asked to sign with a passkey; answered once.
create table passkey_challenges (
    hash       bytea primary key,
    -- who makes a passkey or proves that it is them; null for a sign-in, where the passkey says who it is
    user_id    uuid references users on delete cascade,
    -- what the framework wants to see again
    state      text not null,
    expires_at timestamptz not null
);
