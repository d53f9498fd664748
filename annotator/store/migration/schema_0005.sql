-- Published fact-checks. A newer row about the same fact-check takes the place of the older one, which stays.
create table fact_check (
    ordinal integer primary key,
    key blob not null check (length(key) = 16),
    collection text not null,
    replaced_by integer references fact_check (ordinal),
    id text not null,
    claim text not null,
    title text not null,
    speaker text not null,
    date text not null,
    verdict text not null,
    value text not null,
    publisher text not null,
    url text not null,
    language text not null,
    modified text not null,
    withdrawn integer not null check (withdrawn in (0, 1))
) strict;
create unique index fact_check_present on fact_check (key) where replaced_by is null;

-- Their words as they are read, without their text: what finds candidates.
create virtual table fact_check_words using fts5 (
    claim, title,
    content = '',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '.'"
);

create table fact_check_word (
    word text primary key,
    checks integer not null check (checks >= 0)
) strict, without rowid;

create table fact_check_size (
    only integer primary key check (only = 1),
    checks integer not null check (checks >= 0),
    words integer not null check (words >= 0),
    changes integer not null check (changes >= 0)
) strict;

insert into fact_check_size (only, checks, words, changes) values (1, 0, 0, 0);

-- What was found for the claims of an article, kept so that it is looked up once. Not work: it can be found again.
create table seen_before (
    article text not null,
    reviewer text not null,
    made_of text not null,
    found text not null check (json_valid(found)),
    primary key (article, reviewer)
) strict, without rowid;
