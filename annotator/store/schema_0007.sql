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
