-- The project's own settings, who is to review what, and questions to the lead: projections of shared entries.

create table setting (
    name text primary key,
    value text not null check (json_valid(value))
) strict, without rowid;

-- Spans are those of the claims, [[start, end], ...] in code points; null is all of the article.
create table assignment (
    reviewer integer not null references name (key),
    article integer not null references article (ordinal),
    spans text check (spans is null or json_valid(spans)),
    primary key (reviewer, article)
) strict, without rowid;
create index assignment_by_article on assignment (article);

-- What reviewers ask the lead about claims, by their spans in code points; an empty answer is none yet.
create table question (
    id any primary key,
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    start integer not null check (start >= 0),
    end integer not null,
    text text not null check (text <> ''),
    answer text not null,
    answered_by text not null,
    check (start < end)
) strict, without rowid;
create index question_by_article on question (article);
