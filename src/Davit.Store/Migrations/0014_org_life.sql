-- From when on the org demands a second factor of everybody; null: it does not.
alter table orgs add column second_factor_from timestamptz;
-- Operators have suspended it: it can be read, and what runs goes on, but nothing is changed.
alter table orgs add column suspended_at timestamptz;
alter table orgs add column suspended_for text not null default '';
-- Deleted: for a while it can be brought back; its events are kept for ever.
alter table orgs add column deleted_at timestamptz;

create trigger orgs_told after update of second_factor_from, suspended_at, deleted_at on orgs for each statement execute function tell_access();
create trigger factors_told after update of totp_confirmed on users for each statement execute function tell_access();
