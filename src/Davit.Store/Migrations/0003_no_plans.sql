-- A plan is computed again whenever its hash is given; none was ever kept.
drop table plans;
