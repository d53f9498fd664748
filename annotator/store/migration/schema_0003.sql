-- The compact schema: what many rows share stands once, and what follows from something else does not stand at all.
-- Keys inside are numbers of this file; public ids (hashes, UUIDs) are kept as bytes or made anew (see packing.py).
-- Offsets are Unicode code points into the article's normalised text, end exclusive. Times are microseconds since 1970.

create table name (
    key integer primary key,
    kind text not null check (kind in ('reviewer', 'database', 'session', 'action', 'scheme', 'suggester')),
    text text not null check (text <> ''),
    unique (kind, text)
) strict;

-- Texts are addressed by their content. A purged article keeps its row as a tombstone; its text is apart, so that a walk
-- over all articles does not read all texts.
create table article (
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
) strict;

create table article_text (
    article integer primary key references article (ordinal),
    text text not null
) strict;

create table publication (
    id integer primary key,
    article integer not null references article (ordinal),
    title text not null,
    url text not null,
    archived_url text not null,
    publisher text not null,
    author text not null,
    published_at text not null
) strict;
create index publication_by_article on publication (article);

-- What one suggester proposed, compressed: what it proposes now, and what a later run has superseded.
create table suggestion (
    key integer primary key,
    article integer not null references article (ordinal),
    suggester integer not null references name (key),
    current blob,
    superseded blob,
    digest blob not null check (length(digest) = 8),
    unique (article, suggester)
) strict;

-- The append-only ledger: every decision, and everything that is shared.
-- Kinds: 0 decision, 1 undo, 2 redo, 3 shared, 4 event.
create table ledger (
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
create index ledger_order on ledger (lamport);
create index ledger_by_article on ledger (article, reviewer, lamport);
create index ledger_by_reviewer on ledger (reviewer, kind, lamport);
create index ledger_by_undoes on ledger (undoes, kind) where undoes is not null;
create index ledger_shared on ledger (article, lamport) where kind = 3;

create trigger ledger_keeps_entries before delete on ledger
begin select raise(abort, 'the ledger is append-only'); end;
-- "insert or replace" deletes without firing the trigger above.
create trigger ledger_replaces_nothing before insert on ledger
when exists (select 1 from ledger where id = new.id or key = new.key)
begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_is_never_changed before update on ledger
when not (new.erased = 1 and new.payload = '' and new.salt is null
          and new.key is old.key and new.id is old.id and new.database is old.database and new.lamport is old.lamport
          and new.kind is old.kind and new.action is old.action and new.at is old.at and new.reviewer is old.reviewer
          and new.session is old.session and new.article is old.article and new.claim is old.claim
          and new.payload_version is old.payload_version and new.scheme is old.scheme
          and new.suggestions is old.suggestions and new.others_visible is old.others_visible
          and new.undoes is old.undoes and new.digest is old.digest and new.seal is old.seal)
begin select raise(abort, 'the ledger is append-only: only a purge may erase a payload'); end;
-- What entries name must go on meaning what it meant.
create trigger name_is_kept before delete on name
begin select raise(abort, 'names are append-only'); end;
create trigger name_is_never_changed before update on name
begin select raise(abort, 'names are append-only'); end;

-- Which sources an entry of the ledger names, an undo and a redo those of their decision: what a source depends on.
-- Uses: 0 changed, 1 joined, 2 assigned.
create table source_use (
    source any not null,
    use integer not null check (use between 0 and 2),
    entry integer not null references ledger (key),
    primary key (source, use, entry)
) strict, without rowid;
create index source_use_by_entry on source_use (entry);

-- The sources of the project, the same for all reviewers. Merged databases may bring circles of merging: no CHECK can see.
create table source_entity (
    id any primary key,
    name text not null check (name <> ''),
    kind text not null check (kind in ('person', 'organisation', 'group', 'document', 'publisher', 'unnamed')),
    merged_into any check (merged_into <> id),
    article integer references article (ordinal)
) strict, without rowid;

create table source_alias (
    source any not null references source_entity (id) on delete cascade,
    position integer not null check (position >= 0),
    alias text not null check (alias <> ''),
    primary key (source, position),
    unique (source, alias)
) strict, without rowid;

-- The projection: the present state of every reviewer's work, rebuilt from the ledger by the doctor.
create table boundary (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    position integer not null check (position > 0),
    kind text not null check (kind in ('cut', 'join')),
    primary key (article, reviewer, position)
) strict, without rowid;

-- The suggestions that a reviewer does not want to see again.
create table refusal (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    suggestion any not null,
    primary key (article, reviewer, suggestion)
) strict, without rowid;

create table judgement (
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

-- The spans of an attribution: source and content as flat lists of offsets, cue and relay as pairs.
create table attribution (
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
create unique index attribution_id on attribution (id);
create trigger attribution_inside_text before insert on attribution
when (select max(atom) from json_tree(new.spans)) > (select length from article where ordinal = new.article)
begin select raise(abort, 'a span ends behind the text'); end;

create table attribution_source (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    attribution any not null,
    source any not null,
    primary key (article, reviewer, attribution)
) strict, without rowid;

-- The target is 0 for the claim's content, or an attribution's id.
create table verdict (
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

create table evidence (
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
create unique index evidence_id on evidence (id);

-- Counts of claims, by the passes triage, verify and both; of the verdicts (JSON: how often each value) and attributions.
create table progress (
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

-- Where each reviewer left off, and what she had not finished typing or marking: neither is a decision.
create table place (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    claim any,
    at any not null,
    digest blob not null check (length(digest) = 8),
    primary key (article, reviewer)
) strict, without rowid;
create index place_by_time on place (reviewer, at);

create table draft (
    article integer not null references article (ordinal),
    reviewer integer not null references name (key),
    kind text not null,
    subject text not null,
    payload text not null check (json_valid(payload)),
    at any not null,
    digest blob not null check (length(digest) = 8),
    primary key (article, reviewer, kind, subject)
) strict, without rowid;

-- Made of the texts, for finding them: other ids of the same text, fingerprints of near copies, runs of three letters.
create table same_text (
    text_id text not null check (length(text_id) = 64),
    article integer not null references article (ordinal),
    primary key (text_id, article)
) strict, without rowid;

create table near_band (
    band integer not null check (band >= 0),
    article integer not null references article (ordinal),
    primary key (band, article)
) strict, without rowid;

create virtual table text_index using fts5 (
    text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
);
create virtual table text_terms using fts5vocab (text_index, row);
