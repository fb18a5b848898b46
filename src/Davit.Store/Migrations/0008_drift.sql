-- What an instance looked like when it was first seen, and how often it was brought back after it had ended.
alter table instances add column fingerprint text;
alter table instances add column revivals int not null default 0;
alter table instances add column revived_at timestamptz;

-- Whether what others changed is repaired or only reported.
alter table envs add column drift_policy text not null default 'repair' check (drift_policy in ('repair', 'report'));
