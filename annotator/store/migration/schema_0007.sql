-- The vectors of claims that reviewers gave a verdict on, by the model of fact_check_model: a cache like fact_check_vector.
-- made_of: a digest of the two texts. Purging an article erases those of its claims.
create table judged_vector (
    key integer primary key,
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    claim text not null,
    made_of blob not null check (length(made_of) = 16),
    words blob not null,
    title blob not null,
    unique (article, reviewer, claim)
) strict;
create index judged_vector_by_reviewer on judged_vector (reviewer, article);

-- The order of the queue by worth: that of the articles themselves, and between them that of what a reviewer has begun.
create index article_by_worth on article (worth desc, ordinal, hidden, purged_at)
    where hidden = 0 and purged_at is null;
create index open_worth_by_reviewer on open_worth (reviewer, article);
