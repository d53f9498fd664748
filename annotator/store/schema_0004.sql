create table fact_check (
    ordinal integer primary key,
    key text not null unique check (key <> ''),
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
    words integer not null check (words >= 0)
) strict;

insert into fact_check_size (only, checks, words) values (1, 0, 0);
