-- How far articles are worth checking: what the queue is sorted by. Not work: it follows from what is suggested and decided.
-- Of an article for whoever has decided nothing of it; null is not known yet.
alter table article add column worth real check (worth between 0 and 1);

-- Of what is open for a reviewer who has begun, or has only some of the claims, by the passes; null where nothing is open.
create table open_worth (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    triage real,
    verify real,
    both real,
    primary key (article, reviewer)
) strict, without rowid;

-- The vectors of fact-checks by one sentence-embedding model: a cache, 16-bit floats, little-endian, of length 1.
-- changes: how often the collection had been changed when all of them had theirs; null while some have not.
create table fact_check_model (
    only integer primary key check (only = 1),
    name text not null,
    identity text not null,
    changes integer
) strict;

create table fact_check_vector (
    ordinal integer primary key references fact_check (ordinal) on delete cascade,
    claim blob not null,
    title blob not null
) strict;
