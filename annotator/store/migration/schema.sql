-- Generated from the migrations by `python -m annotator.store.dictionary`; change those, not this.
-- Beside these tables, `_sqlite_migrations` keeps which migrations have been applied.

pragma application_id = 1095651156;
pragma user_version = 9;

CREATE TABLE meta (
    key text primary key,
    value text not null
) strict, without rowid;

CREATE TABLE name (
    key integer primary key,
    kind text not null check (kind in ('reviewer', 'database', 'session', 'action', 'scheme', 'suggester')),
    text text not null check (text <> ''),
    unique (kind, text)
) strict;

CREATE TABLE article (
    ordinal integer primary key,
    id text not null unique check (length(id) = 64),
    length integer not null check (length > 0),
    sentences integer not null check (sentences > 0),
    beginning text not null,
    language text not null,
    rights text not null,
    origin text not null,
    splitter text not null,
    added_at any not null,
    hidden integer not null default 0 check (hidden in (0, 1)),
    purged_at any
, worth real check (worth between 0 and 1)) strict;

CREATE TABLE article_text (
    article integer primary key references article (ordinal),
    text text not null
) strict;

CREATE TABLE publication (
    id integer primary key,
    article integer not null references article (ordinal),
    title text not null,
    url text not null,
    archived_url text not null,
    publisher text not null,
    author text not null,
    published_at text not null
) strict;

CREATE INDEX publication_by_article on publication (article);

CREATE TABLE suggestion (
    key integer primary key,
    article integer not null references article (ordinal),
    suggester integer not null references name (key),
    current blob,
    superseded blob,
    digest blob not null check (length(digest) = 8),
    unique (article, suggester)
) strict;

CREATE TABLE ledger (
    key integer primary key,
    id blob not null unique check (length(id) = 16),
    database integer not null references name (key),
    lamport integer not null check (lamport > 0),
    kind integer not null check (kind between 0 and 4),
    action integer not null references name (key),
    at any not null,
    reviewer integer references name (key),
    session integer references name (key),
    article integer references article (ordinal),
    claim any,
    payload text not null,
    payload_version integer not null check (payload_version > 0),
    scheme integer references name (key),
    suggestions any,
    others_visible integer not null check (others_visible in (0, 1)),
    undoes integer references ledger (key),
    erased integer not null default 0 check (erased in (0, 1)),
    salt blob,
    digest blob not null check (length(digest) = 16),
    seal blob not null check (length(seal) = 8),
    check ((kind in (1, 2)) = (undoes is not null)),
    check (kind in (3, 4) or reviewer is not null),
    check ((erased = 1) = (salt is null)),
    check (erased = 0 or payload = ''),
    check (payload = '' or json_valid(payload))
) strict;

CREATE INDEX ledger_order on ledger (lamport);

CREATE INDEX ledger_by_article on ledger (article, reviewer, lamport);

CREATE INDEX ledger_by_reviewer on ledger (reviewer, kind, lamport);

CREATE INDEX ledger_by_undoes on ledger (undoes, kind) where undoes is not null;

CREATE INDEX ledger_shared on ledger (article, lamport) where kind = 3;

CREATE TRIGGER ledger_keeps_entries before delete on ledger
begin select raise(abort, 'the ledger is append-only'); end;

CREATE TRIGGER ledger_replaces_nothing before insert on ledger
when exists (select 1 from ledger where id = new.id or key = new.key)
begin select raise(abort, 'the ledger is append-only'); end;

CREATE TRIGGER ledger_is_never_changed before update on ledger
when not (new.erased = 1 and new.payload = '' and new.salt is null
          and new.key is old.key and new.id is old.id and new.database is old.database and new.lamport is old.lamport
          and new.kind is old.kind and new.action is old.action and new.at is old.at and new.reviewer is old.reviewer
          and new.session is old.session and new.article is old.article and new.claim is old.claim
          and new.payload_version is old.payload_version and new.scheme is old.scheme
          and new.suggestions is old.suggestions and new.others_visible is old.others_visible
          and new.undoes is old.undoes and new.digest is old.digest and new.seal is old.seal)
begin select raise(abort, 'the ledger is append-only: only a purge may erase a payload'); end;

CREATE TRIGGER name_is_kept before delete on name
begin select raise(abort, 'names are append-only'); end;

CREATE TRIGGER name_is_never_changed before update on name
begin select raise(abort, 'names are append-only'); end;

CREATE TABLE source_use (
    source any not null,
    use integer not null check (use between 0 and 2),
    entry integer not null references ledger (key),
    primary key (source, use, entry)
) strict, without rowid;

CREATE INDEX source_use_by_entry on source_use (entry);

CREATE TABLE source_entity (
    id any primary key,
    name text not null check (name <> ''),
    kind text not null check (kind in ('person', 'organisation', 'group', 'document', 'publisher', 'unnamed')),
    merged_into any check (merged_into <> id),
    article integer references article (ordinal)
) strict, without rowid;

CREATE TABLE source_alias (
    source any not null references source_entity (id) on delete cascade,
    position integer not null check (position >= 0),
    alias text not null check (alias <> ''),
    primary key (source, position),
    unique (source, alias)
) strict, without rowid;

CREATE TABLE boundary (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    position integer not null check (position > 0),
    kind text not null check (kind in ('cut', 'join')),
    primary key (article, reviewer, position)
) strict, without rowid;

CREATE TABLE refusal (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    suggestion any not null,
    primary key (article, reviewer, suggestion)
) strict, without rowid;

CREATE TABLE judgement (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    claim any not null,
    worth text,
    voice text,
    restatement text,
    flag integer not null default 0 check (flag in (0, 1)),
    note text,
    confidence text check (confidence in ('low', 'medium', 'high')),
    skipped integer not null default 0 check (skipped in (0, 1)),
    primary key (article, reviewer, claim)
) strict, without rowid;

CREATE TABLE attribution (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    id any not null,
    type text not null check (type in ('statement', 'decree', 'intention', 'belief', 'attitude')),
    form text not null check (form in ('direct', 'indirect', 'mixed', 'block')),
    anonymity text not null check (anonymity in ('named', 'described', 'unnamed', 'none')),
    negated integer not null check (negated in (0, 1)),
    parent any check (parent <> id),
    spans text not null check (json_valid(spans)),
    primary key (article, reviewer, id),
    foreign key (article, reviewer, parent) references attribution (article, reviewer, id)
        deferrable initially deferred
) strict, without rowid;

CREATE UNIQUE INDEX attribution_id on attribution (id);

CREATE TRIGGER attribution_inside_text before insert on attribution
when (select max(atom) from json_tree(new.spans)) > (select length from article where ordinal = new.article)
begin select raise(abort, 'a span ends behind the text'); end;

CREATE TABLE attribution_source (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    attribution any not null,
    source any not null,
    primary key (article, reviewer, attribution)
) strict, without rowid;

CREATE TABLE verdict (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    claim any not null,
    target any not null,
    value text,
    reason text,
    confidence text check (confidence in ('low', 'medium', 'high')),
    justification text,
    primary key (article, reviewer, claim, target)
) strict, without rowid;

CREATE TABLE evidence (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    id any not null,
    claim any not null,
    target any not null,
    question text not null,
    answer text not null,
    answer_type text not null check (answer_type in ('', 'extractive', 'abstractive', 'boolean', 'unanswerable')),
    url text not null,
    archived_url text not null,
    medium text not null,
    publisher text not null,
    published_at text not null,
    retrieved_at text not null,
    passage text not null,
    stance text not null check (stance in ('', 'supports', 'refutes', 'context')),
    primary key (article, reviewer, id),
    check (question <> '' or answer <> '' or url <> '' or passage <> '')
) strict, without rowid;

CREATE UNIQUE INDEX evidence_id on evidence (id);

CREATE TABLE progress (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    claims integer not null check (claims >= 0),
    flagged integer not null check (flagged >= 0),
    triage_done integer not null,
    triage_skipped integer not null,
    triage_in_progress integer not null,
    triage_awaiting integer not null,
    verify_done integer not null,
    verify_skipped integer not null,
    verify_in_progress integer not null,
    verify_awaiting integer not null,
    both_done integer not null,
    both_skipped integer not null,
    both_in_progress integer not null,
    both_awaiting integer not null,
    verdicts text not null check (json_valid(verdicts)),
    attributions integer not null check (attributions >= 0),
    primary key (article, reviewer),
    check (min(triage_done, triage_skipped, triage_in_progress, triage_awaiting) >= 0),
    check (min(verify_done, verify_skipped, verify_in_progress, verify_awaiting) >= 0),
    check (min(both_done, both_skipped, both_in_progress, both_awaiting) >= 0),
    check (triage_done + triage_skipped + triage_in_progress + triage_awaiting <= claims),
    check (verify_done + verify_skipped + verify_in_progress + verify_awaiting <= claims),
    check (both_done + both_skipped + both_in_progress + both_awaiting <= claims)
) strict, without rowid;

CREATE TABLE place (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    claim any,
    at any not null,
    digest blob not null check (length(digest) = 8),
    primary key (article, reviewer)
) strict, without rowid;

CREATE INDEX place_by_time on place (reviewer, at);

CREATE TABLE draft (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    kind text not null,
    subject text not null,
    payload text not null check (json_valid(payload)),
    at any not null,
    digest blob not null check (length(digest) = 8),
    primary key (article, reviewer, kind, subject)
) strict, without rowid;

CREATE TABLE same_text (
    text_id text not null check (length(text_id) = 64),
    article integer not null references article (ordinal),
    primary key (text_id, article)
) strict, without rowid;

CREATE TABLE near_band (
    band integer not null check (band >= 0),
    article integer not null references article (ordinal),
    primary key (band, article)
) strict, without rowid;

CREATE VIRTUAL TABLE text_index using fts5 (
    text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
);

CREATE VIRTUAL TABLE text_terms using fts5vocab (text_index, row);

CREATE TABLE setting (
    name text primary key,
    value text not null check (json_valid(value))
) strict, without rowid;

CREATE TABLE assignment (
    reviewer integer not null references name (key),
    article integer not null references article (ordinal),
    spans text check (spans is null or json_valid(spans)),
    primary key (reviewer, article)
) strict, without rowid;

CREATE INDEX assignment_by_article on assignment (article);

CREATE TABLE question (
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

CREATE INDEX question_by_article on question (article);

CREATE TABLE fact_check (
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
, digest blob not null default x'0000000000000000' check (length(digest) = 8)) strict;

CREATE UNIQUE INDEX fact_check_present on fact_check (key) where replaced_by is null;

CREATE VIRTUAL TABLE fact_check_words using fts5 (
    claim, title,
    content = '',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '.'"
);

CREATE TABLE fact_check_word (
    word text primary key,
    checks integer not null check (checks >= 0)
) strict, without rowid;

CREATE TABLE fact_check_size (
    only integer primary key check (only = 1),
    checks integer not null check (checks >= 0),
    words integer not null check (words >= 0),
    changes integer not null check (changes >= 0)
) strict;

CREATE TABLE seen_before (
    article text not null,
    reviewer text not null,
    made_of text not null,
    found text not null check (json_valid(found)),
    primary key (article, reviewer)
) strict, without rowid;

CREATE TABLE open_worth (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    triage real,
    verify real,
    both real,
    primary key (article, reviewer)
) strict, without rowid;

CREATE TABLE fact_check_model (
    only integer primary key check (only = 1),
    name text not null,
    identity text not null,
    changes integer
) strict;

CREATE TABLE fact_check_vector (
    ordinal integer primary key references fact_check (ordinal) on delete cascade,
    claim blob not null,
    title blob not null
) strict;

CREATE TABLE judged_vector (
    key integer primary key,
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    claim text not null,
    made_of blob not null check (length(made_of) = 16),
    words blob not null,
    title blob not null,
    unique (article, reviewer, claim)
) strict;

CREATE INDEX judged_vector_by_reviewer on judged_vector (reviewer, article);

CREATE INDEX article_by_worth on article (worth desc, ordinal, hidden, purged_at)
    where hidden = 0 and purged_at is null;

CREATE INDEX open_worth_by_reviewer on open_worth (reviewer, article);

CREATE INDEX fact_check_replaced on fact_check (replaced_by) where replaced_by is not null;

INSERT INTO fact_check_size (only, checks, words, changes) VALUES (1, 0, 0, 0);
