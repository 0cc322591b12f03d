-- Formulas and roll-ups are computed anew in stages, each of one object: which one it is at, and how many records are done.
alter table recompute_due add column stage integer default 0 not null;
alter table recompute_due add column done bigint default 0 not null;
