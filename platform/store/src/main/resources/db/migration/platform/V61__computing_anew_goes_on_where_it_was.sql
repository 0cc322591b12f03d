-- How far formulas and roll-ups were computed anew: what comes before in the order of object and id is done.
alter table recompute_due add column object_name varchar(200);
alter table recompute_due add column last_id uuid;
