-- The first schema. Never edited: a change is one more migration.
-- Offsets are Unicode code points into the article's normalised text, end exclusive. Times are ISO 8601 in UTC.

create table meta (
    key text primary key,
    value text not null
) strict, without rowid;

-- Texts, addressed by their content. A purged article keeps its row as a tombstone.
create table article (
    ordinal integer primary key,
    id text not null unique check (length(id) = 64),
    text text,
    length integer not null check (length > 0),
    sentences integer not null check (sentences > 0),
    language text not null,
    rights text not null,
    origin text not null,
    splitter text not null,
    added_at text not null,
    hidden integer not null default 0 check (hidden in (0, 1)),
    purged_at text,
    check ((text is null) = (purged_at is not null))
) strict;

create table publication (
    id integer primary key,
    article_id text not null references article (id),
    title text not null,
    url text not null,
    archived_url text not null,
    publisher text not null,
    author text not null,
    published_at text not null,
    unique (article_id, title, url, archived_url, publisher, author, published_at)
) strict;

create table block (
    article_id text not null references article (id),
    ordinal integer not null check (ordinal >= 0),
    start integer not null check (start >= 0),
    end integer not null,
    kind text not null check (kind in ('headline', 'byline', 'caption', 'credit', 'body', 'quote_intro', 'block_quote',
                                       'boilerplate')),
    primary key (article_id, ordinal),
    check (start < end)
) strict, without rowid;

create table sentence (
    article_id text not null,
    ordinal integer not null check (ordinal >= 0),
    block integer not null,
    start integer not null check (start >= 0),
    end integer not null,
    primary key (article_id, ordinal),
    foreign key (article_id, block) references block (article_id, ordinal),
    check (start < end)
) strict, without rowid;

-- Every span that somebody's segmentation makes a claim; addressed by article, start and end.
create table claim (
    id text primary key check (length(id) = 32),
    article_id text not null references article (id),
    start integer not null check (start >= 0),
    end integer not null,
    unique (article_id, start, end),
    check (start < end)
) strict, without rowid;

-- What suggesters proposed; decisions name the rows they came from, so rows are superseded and never deleted.
create table suggestion (
    id text primary key check (length(id) = 32),
    article_id text not null references article (id),
    suggester text not null,
    rule text not null,
    confidence real not null check (confidence between 0 and 1),
    kind text not null check (kind in ('worth', 'attribution')),
    ordinal integer not null,
    payload text not null check (json_valid(payload)),
    current integer not null check (current in (0, 1))
) strict, without rowid;
create index suggestion_by_article on suggestion (article_id, current, ordinal);

-- The append-only ledger: every decision, and everything that is shared.
create table ledger (
    id text primary key check (length(id) = 36),
    database_id text not null,
    lamport integer not null check (lamport > 0),
    kind text not null check (kind in ('decision', 'undo', 'redo', 'event', 'shared')),
    action text not null check (action <> ''),
    at text not null,
    reviewer text check (reviewer <> ''),
    session text,
    article_id text references article (id),
    claim_id text references claim (id),
    payload text not null check (json_valid(payload)),
    payload_version integer not null check (payload_version > 0),
    scheme_version text,
    suggestions text not null check (json_valid(suggestions)),
    others_visible integer not null check (others_visible in (0, 1)),
    undoes text references ledger (id),
    erased integer not null default 0 check (erased in (0, 1)),
    check ((kind in ('undo', 'redo')) = (undoes is not null)),
    check (kind in ('event', 'shared') or reviewer is not null),
    check (erased = 0 or payload = '{}')
) strict;
create unique index ledger_order on ledger (lamport, database_id, id);
create index ledger_by_reviewer on ledger (reviewer, article_id, lamport);
create index ledger_by_reviewer_kind on ledger (reviewer, kind, lamport);
create index ledger_by_undoes on ledger (undoes) where undoes is not null;
create index ledger_by_article on ledger (article_id);

create trigger ledger_keeps_entries before delete on ledger
begin select raise(abort, 'the ledger is append-only'); end;
-- "insert or replace" deletes without firing the trigger above.
create trigger ledger_replaces_nothing before insert on ledger
when exists (select 1 from ledger where id = new.id or rowid = new.rowid)
begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_is_never_changed before update on ledger
when not (new.erased = 1 and new.payload = '{}'
          and new.id is old.id and new.database_id is old.database_id and new.lamport is old.lamport
          and new.kind is old.kind and new.action is old.action and new.at is old.at and new.reviewer is old.reviewer
          and new.session is old.session and new.article_id is old.article_id and new.claim_id is old.claim_id
          and new.payload_version is old.payload_version and new.scheme_version is old.scheme_version
          and new.suggestions is old.suggestions and new.others_visible is old.others_visible
          and new.undoes is old.undoes)
begin select raise(abort, 'the ledger is append-only: only a purge may erase a payload'); end;

-- Which sources an entry of the ledger names, an undo and a redo those of their decision: what a source depends on.
create table source_use (
    source_id text not null,
    entry_id text not null references ledger (id),
    use text not null check (use in ('changed', 'joined', 'assigned')),
    lamport integer not null check (lamport > 0),
    primary key (source_id, use, entry_id)
) strict, without rowid;
create index source_use_by_lamport on source_use (lamport);
create index source_use_by_entry on source_use (entry_id);

-- The sources of the project, the same for all reviewers. Merged databases may bring circles of merging: no CHECK can see.
create table source_entity (
    id text primary key check (length(id) = 36),
    name text not null check (name <> ''),
    kind text not null check (kind in ('person', 'organisation', 'group', 'document', 'publisher', 'unnamed')),
    merged_into text check (merged_into <> id),
    article_id text references article (id)
) strict, without rowid;

create table source_alias (
    source_id text not null references source_entity (id) on delete cascade,
    position integer not null check (position >= 0),
    alias text not null check (alias <> ''),
    primary key (source_id, position),
    unique (source_id, alias)
) strict, without rowid;

-- The projection: the present state of every reviewer's work, rebuilt from the ledger by the doctor.
create table boundary (
    reviewer text not null,
    article_id text not null references article (id),
    position integer not null check (position > 0),
    kind text not null check (kind in ('cut', 'join')),
    primary key (reviewer, article_id, position)
) strict, without rowid;

-- The suggestions that a reviewer does not want to see again.
create table refusal (
    reviewer text not null,
    suggestion_id text not null references suggestion (id),
    article_id text not null references article (id),
    primary key (reviewer, suggestion_id)
) strict, without rowid;
create index refusal_by_article on refusal (reviewer, article_id);

create table judgement (
    reviewer text not null,
    claim_id text not null references claim (id),
    article_id text not null references article (id),
    worth text,
    voice text,
    restatement text,
    flag integer not null default 0 check (flag in (0, 1)),
    note text,
    confidence text check (confidence in ('low', 'medium', 'high')),
    skipped integer not null default 0 check (skipped in (0, 1)),
    primary key (reviewer, claim_id)
) strict, without rowid;
create index judgement_by_article on judgement (reviewer, article_id);

create table attribution (
    id text primary key,
    reviewer text not null,
    article_id text not null references article (id),
    type text not null check (type in ('statement', 'decree', 'intention', 'belief', 'attitude')),
    form text not null check (form in ('direct', 'indirect', 'mixed', 'block')),
    anonymity text not null check (anonymity in ('named', 'described', 'unnamed', 'none')),
    negated integer not null check (negated in (0, 1)),
    parent text check (parent <> id),
    unique (id, reviewer),
    foreign key (parent, reviewer) references attribution (id, reviewer) deferrable initially deferred
) strict, without rowid;
create index attribution_by_article on attribution (reviewer, article_id);
create index attribution_by_parent on attribution (parent, reviewer) where parent is not null;

create table attribution_span (
    attribution_id text not null references attribution (id) on delete cascade,
    role text not null check (role in ('source', 'cue', 'content', 'relay')),
    position integer not null check (position >= 0),
    start integer not null check (start >= 0),
    end integer not null,
    primary key (attribution_id, role, position),
    check (start < end),
    check (role in ('source', 'content') or position = 0)
) strict, without rowid;
create trigger attribution_span_inside_text before insert on attribution_span
when new.end > (select article.length from attribution join article on article.id = attribution.article_id
                where attribution.id = new.attribution_id)
begin select raise(abort, 'a span ends behind the text'); end;

create table attribution_source (
    attribution_id text primary key,
    reviewer text not null,
    article_id text not null references article (id),
    source_id text not null
) strict, without rowid;
create index attribution_source_by_article on attribution_source (reviewer, article_id);

create table verdict (
    reviewer text not null,
    claim_id text not null references claim (id),
    target text not null,
    article_id text not null references article (id),
    value text,
    reason text,
    confidence text check (confidence in ('low', 'medium', 'high')),
    justification text,
    primary key (reviewer, claim_id, target)
) strict, without rowid;
create index verdict_by_article on verdict (reviewer, article_id);

create table evidence (
    id text primary key,
    reviewer text not null,
    claim_id text not null references claim (id),
    article_id text not null references article (id),
    target text not null,
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
    check (question <> '' or answer <> '' or url <> '' or passage <> '')
) strict, without rowid;
create index evidence_by_article on evidence (reviewer, article_id);

create table progress (
    reviewer text not null,
    article_id text not null references article (id),
    pass text not null check (pass in ('triage', 'verify', 'both')),
    claims integer not null check (claims >= 0),
    done integer not null check (done >= 0),
    skipped integer not null check (skipped >= 0),
    flagged integer not null check (flagged >= 0),
    in_progress integer not null check (in_progress >= 0),
    awaiting integer not null check (awaiting >= 0),
    primary key (reviewer, pass, article_id),
    check (done + skipped + in_progress + awaiting <= claims)
) strict, without rowid;

-- Where each reviewer left off, and what she had not finished typing or marking: neither is a decision.
create table place (
    reviewer text not null,
    article_id text not null references article (id),
    claim_id text references claim (id),
    at text not null,
    primary key (reviewer, article_id)
) strict, without rowid;
create index place_by_time on place (reviewer, at);

create table draft (
    reviewer text not null,
    article_id text not null references article (id),
    kind text not null,
    subject text not null,
    payload text not null check (json_valid(payload)),
    at text not null,
    primary key (reviewer, article_id, kind, subject)
) strict, without rowid;
