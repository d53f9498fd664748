create table same_text (
    text_id text not null check (length(text_id) = 64),
    article_id text not null references article (id),
    primary key (text_id, article_id)
) strict, without rowid;

create table near_band (
    band integer not null check (band >= 0),
    article integer not null references article (ordinal),
    primary key (band, article)
) strict, without rowid;

create index near_band_by_article on near_band (article);
