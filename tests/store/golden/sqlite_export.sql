CREATE TABLE article (
  "id" text,
  "title" text,
  "language" text,
  "rights" text,
  "origin" text,
  "characters" integer,
  "text" text,
  primary key (id)
) strict;
CREATE TABLE publication (
  "article_id" text,
  "number" integer,
  "title" text,
  "url" text,
  "archived_url" text,
  "publisher" text,
  "author" text,
  "published_at" text,
  primary key (article_id, number),
  foreign key ("article_id") references article (id)
) strict;
CREATE TABLE reviewer (
  "name" text,
  primary key (name)
) strict;
CREATE TABLE claim (
  "id" text,
  "article_id" text,
  "start" integer,
  "end" integer,
  "block" text,
  "text" text,
  primary key (id),
  foreign key ("article_id") references article (id)
) strict;
CREATE TABLE judgement (
  "claim_id" text,
  "reviewer" text,
  "ordinal" integer,
  "state" text,
  "worth" text,
  "voice" text,
  "restatement" text,
  "flag" integer,
  "note" text,
  "confidence" text,
  "skipped" integer,
  "first_decided_at" text,
  "last_decided_at" text,
  "scheme" text,
  primary key (claim_id, reviewer),
  foreign key ("claim_id") references claim (id),
  foreign key ("reviewer") references reviewer (name)
) strict;
CREATE TABLE source (
  "id" text,
  "name" text,
  "kind" text,
  primary key (id)
) strict;
CREATE TABLE attribution (
  "id" text,
  "article_id" text,
  "reviewer" text,
  "type" text,
  "form" text,
  "anonymity" text,
  "negated" integer,
  "parent_id" text,
  "depth" integer,
  "source_id" text,
  "chain" text,
  primary key (id),
  foreign key ("article_id") references article (id),
  foreign key ("reviewer") references reviewer (name),
  foreign key ("parent_id") references attribution (id),
  foreign key ("source_id") references source (id)
) strict;
CREATE TABLE attribution_span (
  "attribution_id" text,
  "role" text,
  "number" integer,
  "start" integer,
  "end" integer,
  "text" text,
  primary key (attribution_id, role, number),
  foreign key ("attribution_id") references attribution (id)
) strict;
CREATE TABLE claim_attribution (
  "claim_id" text,
  "attribution_id" text,
  primary key (claim_id, attribution_id),
  foreign key ("claim_id") references claim (id),
  foreign key ("attribution_id") references attribution (id)
) strict;
CREATE TABLE verdict (
  "id" integer,
  "claim_id" text,
  "reviewer" text,
  "attribution_id" text,
  "value" text,
  "reason" text,
  "confidence" text,
  "justification" text,
  primary key (id),
  foreign key ("claim_id") references claim (id),
  foreign key ("reviewer") references reviewer (name),
  foreign key ("attribution_id") references attribution (id)
) strict;
CREATE TABLE evidence (
  "id" text,
  "claim_id" text,
  "reviewer" text,
  "attribution_id" text,
  "question" text,
  "answer" text,
  "answer_type" text,
  "url" text,
  "archived_url" text,
  "medium" text,
  "publisher" text,
  "published_at" text,
  "retrieved_at" text,
  "passage" text,
  "stance" text,
  primary key (id),
  foreign key ("claim_id") references claim (id),
  foreign key ("reviewer") references reviewer (name),
  foreign key ("attribution_id") references attribution (id)
) strict;
CREATE TABLE value (
  "facet" text,
  "id" text,
  "name" text,
  "definition" text,
  primary key (facet, id)
) strict;
CREATE TABLE documentation (
  "table_name" text,
  "column_name" text,
  "meaning" text,
  primary key (table_name, column_name)
) strict;
CREATE INDEX claim_article_id on claim ("article_id");
CREATE INDEX judgement_reviewer on judgement ("reviewer");
CREATE INDEX attribution_article_id on attribution ("article_id");
CREATE INDEX attribution_reviewer on attribution ("reviewer");
CREATE INDEX attribution_parent_id on attribution ("parent_id");
CREATE INDEX attribution_source_id on attribution ("source_id");
CREATE INDEX claim_attribution_attribution_id on claim_attribution ("attribution_id");
CREATE INDEX verdict_claim_id on verdict ("claim_id");
CREATE INDEX verdict_reviewer on verdict ("reviewer");
CREATE INDEX verdict_attribution_id on verdict ("attribution_id");
CREATE INDEX evidence_claim_id on evidence ("claim_id");
CREATE INDEX evidence_reviewer on evidence ("reviewer");
CREATE INDEX evidence_attribution_id on evidence ("attribution_id");
CREATE VIEW claims as
select article.title, claim.text, judgement.reviewer, judgement.state, judgement.worth, judgement.voice,
  (select coalesce(source.name, (select group_concat(text, ' … ') from (select text from attribution_span
      where attribution_id = attribution.id and role = 'source' order by number)))
    from claim_attribution join attribution on attribution.id = attribution_id
    left join source on source.id = attribution.source_id
    where claim_attribution.claim_id = claim.id and attribution.reviewer = judgement.reviewer
    order by depth, claim_attribution.rowid limit 1) as source,
  (select coalesce(source.name, (select group_concat(text, ' … ') from (select text from attribution_span
      where attribution_id = attribution.id and role = 'source' order by number)))
    from claim_attribution join attribution on attribution.id = attribution_id
    left join source on source.id = attribution.source_id
    where claim_attribution.claim_id = claim.id and attribution.reviewer = judgement.reviewer
    order by depth desc, claim_attribution.rowid limit 1) as inner_source,
  (select attribution.chain
    from claim_attribution join attribution on attribution.id = attribution_id
    left join source on source.id = attribution.source_id
    where claim_attribution.claim_id = claim.id and attribution.reviewer = judgement.reviewer
    order by depth desc, claim_attribution.rowid limit 1) as inner_chain,
  verdict.value as verdict, verdict.reason, verdict.confidence as verdict_confidence, verdict.justification,
  (select count(*) from evidence where evidence.claim_id = claim.id and +evidence.reviewer = judgement.reviewer)
    as evidence_count,
  (select coalesce(nullif(url, ''), archived_url) from evidence
    where evidence.claim_id = claim.id and +evidence.reviewer = judgement.reviewer and (url || archived_url) <> ''
    order by evidence.rowid limit 1) as evidence_url,
  judgement.restatement, judgement.flag, judgement.note, judgement.last_decided_at,
  claim.article_id, judgement.claim_id, claim.start, claim.end
from judgement join claim on claim.id = judgement.claim_id join article on article.id = claim.article_id
left join verdict on verdict.claim_id = claim.id and +verdict.reviewer = judgement.reviewer
  and +verdict.attribution_id is null
order by judgement.rowid;
CREATE VIEW attributions as
select article.title, attribution.reviewer, source.name as source_name, source.kind as source_kind,
  (select group_concat(text, ' … ') from (select text from attribution_span where attribution_id = attribution.id
    and role = 'source' order by number)) as source,
  (select text from attribution_span where attribution_id = attribution.id and role = 'cue') as cue,
  (select group_concat(text, ' … ') from (select text from attribution_span where attribution_id = attribution.id
    and role = 'content' order by number)) as content,
  (select text from attribution_span where attribution_id = attribution.id and role = 'relay') as relay,
  attribution.chain, attribution.type, attribution.form, attribution.anonymity, attribution.negated,
  attribution.parent_id, attribution.article_id, attribution.id as attribution_id
from attribution join article on article.id = attribution.article_id
left join source on source.id = attribution.source_id;
CREATE VIEW verdicts_by_source as
select source.id as source_id, source.name, source.kind, attribution.reviewer, verdict.value,
  count(distinct verdict.claim_id) as claims
from source join attribution on attribution.source_id = source.id
join claim_attribution on claim_attribution.attribution_id = attribution.id
join verdict on verdict.claim_id = claim_attribution.claim_id and +verdict.reviewer = attribution.reviewer
  and +verdict.attribution_id is null
group by source.id, attribution.reviewer, verdict.value;
insert into article values ('13774b85b5ad42db374b77c67fc4089119fdd705cdb148c9685bddead291fa48', 'Ramp shut 🚧', '', '', '-', 71, 'Ramp shut 🚧

Reuters said the café	owner, “angry”,
thought it was safe.');
insert into article values ('4ac57ba97ffa3d8d2def38c32f847cc5d7706777f0f651d49c673ebd109f6d03', 'قال إن المطر توقف.', '', '', '-', 18, 'قال إن المطر توقف.');
insert into publication values ('13774b85b5ad42db374b77c67fc4089119fdd705cdb148c9685bddead291fa48', 1, 'Ramp shut 🚧', 'https://example.org/ramp', '', 'Example Wire', '', '');
insert into reviewer values ('ana');
insert into reviewer values ('bo');
insert into claim values ('b7dc2ab5508f6180d8832251a14e833a', '13774b85b5ad42db374b77c67fc4089119fdd705cdb148c9685bddead291fa48', 13, 71, 'body', 'Reuters said the café	owner, “angry”,
thought it was safe.');
insert into claim values ('61ee9cb663a45d78eaf32892c3171c84', '4ac57ba97ffa3d8d2def38c32f847cc5d7706777f0f651d49c673ebd109f6d03', 0, 18, 'body', 'قال إن المطر توقف.');
insert into judgement values ('b7dc2ab5508f6180d8832251a14e833a', 'ana', 1, 'done', '2', 'attributed', 'The ramp was safe.', 1, 'a', NULL, 0, '2026-03-12T10:00:00.000000+00:00', '2026-03-12T10:00:00.000000+00:00', 'annotator-default@1');
insert into judgement values ('b7dc2ab5508f6180d8832251a14e833a', 'bo', 1, 'done', '2', 'author', NULL, 0, NULL, NULL, 0, '2026-03-12T10:00:00.000000+00:00', '2026-03-12T10:00:00.000000+00:00', 'annotator-default@1');
insert into judgement values ('61ee9cb663a45d78eaf32892c3171c84', 'ana', 1, 'done', NULL, 'attributed', NULL, 0, NULL, NULL, 0, '2026-03-12T10:00:00.000000+00:00', '2026-03-12T10:00:00.000000+00:00', 'annotator-default@1');
insert into source values ('s1', 'Reuters', 'publisher');
insert into attribution values ('outer', '13774b85b5ad42db374b77c67fc4089119fdd705cdb148c9685bddead291fa48', 'ana', 'statement', 'indirect', 'named', 0, NULL, 0, 's1', 'Example Wire > Reuters');
insert into attribution values ('inner', '13774b85b5ad42db374b77c67fc4089119fdd705cdb148c9685bddead291fa48', 'ana', 'statement', 'mixed', 'described', 1, 'outer', 1, NULL, 'Example Wire > Reuters > the café	owner … “angry”');
insert into attribution values ('x', '4ac57ba97ffa3d8d2def38c32f847cc5d7706777f0f651d49c673ebd109f6d03', 'ana', 'statement', 'indirect', 'named', 0, NULL, 0, NULL, '?');
insert into attribution_span values ('outer', 'source', 1, 13, 20, 'Reuters');
insert into attribution_span values ('outer', 'cue', 1, 21, 25, 'said');
insert into attribution_span values ('outer', 'content', 1, 26, 70, 'the café	owner, “angry”,
thought it was safe');
insert into attribution_span values ('inner', 'source', 1, 26, 40, 'the café	owner');
insert into attribution_span values ('inner', 'source', 2, 42, 49, '“angry”');
insert into attribution_span values ('inner', 'cue', 1, 51, 58, 'thought');
insert into attribution_span values ('inner', 'content', 1, 59, 70, 'it was safe');
insert into attribution_span values ('x', 'cue', 1, 0, 3, 'قال');
insert into attribution_span values ('x', 'content', 1, 4, 17, 'إن المطر توقف');
insert into claim_attribution values ('b7dc2ab5508f6180d8832251a14e833a', 'outer');
insert into claim_attribution values ('b7dc2ab5508f6180d8832251a14e833a', 'inner');
insert into claim_attribution values ('61ee9cb663a45d78eaf32892c3171c84', 'x');
insert into verdict values (1, 'b7dc2ab5508f6180d8832251a14e833a', 'ana', NULL, 'supported', NULL, NULL, 'Seen.');
insert into verdict values (2, 'b7dc2ab5508f6180d8832251a14e833a', 'ana', 'inner', 'supported', NULL, NULL, NULL);
insert into evidence values ('e1', 'b7dc2ab5508f6180d8832251a14e833a', 'ana', NULL, 'Was it safe?', 'yes', '', '', '', '', '', '', '2026-03-12', '', '');
insert into value values ('worth', '2', 'check-worthy', 'The public would want to know.');
insert into value values ('verdict', 'supported', 'supported', 'It holds.');
insert into documentation values ('article', '', 'one article');
insert into documentation values ('article', 'id', 'the SHA-256 of its text in UTF-8');
insert into documentation values ('article', 'title', 'the title of its first publication, or its first line');
insert into documentation values ('article', 'language', 'its language, as a code');
insert into documentation values ('article', 'rights', 'what is known about the rights in it');
insert into documentation values ('article', 'origin', 'name of the file, without its folders, or address that it was imported from');
insert into documentation values ('article', 'characters', 'the length of its text in code points');
insert into documentation values ('article', 'text', 'the whole text that all offsets count in; null where texts were left out');
insert into documentation values ('publication', '', 'one appearance of an article');
insert into documentation values ('publication', 'article_id', 'the article');
insert into documentation values ('publication', 'number', 'from 1, in the order they became known');
insert into documentation values ('publication', 'title', 'the title there');
insert into documentation values ('publication', 'url', 'its address');
insert into documentation values ('publication', 'archived_url', 'the address of an archived copy');
insert into documentation values ('publication', 'publisher', 'who published it');
insert into documentation values ('publication', 'author', 'who wrote it');
insert into documentation values ('publication', 'published_at', 'when, in ISO 8601');
insert into documentation values ('reviewer', '', 'one reviewer');
insert into documentation values ('reviewer', 'name', 'the handle');
insert into documentation values ('claim', '', 'one claim, the same for all reviewers who judged this span');
insert into documentation values ('claim', 'id', 'made from the article and the offsets');
insert into documentation values ('claim', 'article_id', 'the article it stands in');
insert into documentation values ('claim', 'start', 'where it begins, in code points of the article''s text');
insert into documentation values ('claim', 'end', 'where it ends, exclusive');
insert into documentation values ('claim', 'block', 'headline, byline, caption, credit, body, quote_intro, block_quote or boilerplate');
insert into documentation values ('claim', 'text', 'its text; null where texts were left out');
insert into documentation values ('judgement', '', 'what one reviewer decided of one claim');
insert into documentation values ('judgement', 'claim_id', 'the claim');
insert into documentation values ('judgement', 'reviewer', 'the reviewer''s handle');
insert into documentation values ('judgement', 'ordinal', 'which of her claims of the article it is, from 1');
insert into documentation values ('judgement', 'state', 'to_do, in_progress, awaiting, done or skipped');
insert into documentation values ('judgement', 'worth', 'check-worthiness: see the table value');
insert into documentation values ('judgement', 'voice', 'author, attributed (an attribution covers it) or null: not judged');
insert into documentation values ('judgement', 'restatement', 'the claim in words that stand alone');
insert into documentation values ('judgement', 'flag', '1 where she flagged it');
insert into documentation values ('judgement', 'note', 'her note');
insert into documentation values ('judgement', 'confidence', 'low, medium or high');
insert into documentation values ('judgement', 'skipped', '1 where she passed over it');
insert into documentation values ('judgement', 'first_decided_at', 'when she first decided something about it, in UTC; empty where she has not');
insert into documentation values ('judgement', 'last_decided_at', 'when she last did');
insert into documentation values ('judgement', 'scheme', 'the label scheme of the last decision, as id@version');
insert into documentation values ('source', '', 'one source that attributions resolve to');
insert into documentation values ('source', 'id', 'its id');
insert into documentation values ('source', 'name', 'its name; null where texts were left out');
insert into documentation values ('source', 'kind', 'person, organisation, group, document, publisher or unnamed');
insert into documentation values ('attribution', '', 'one attribution of one reviewer: who says it, and how');
insert into documentation values ('attribution', 'id', 'its id');
insert into documentation values ('attribution', 'article_id', 'the article it stands in');
insert into documentation values ('attribution', 'reviewer', 'the reviewer''s handle');
insert into documentation values ('attribution', 'type', 'statement, decree, intention, belief or attitude');
insert into documentation values ('attribution', 'form', 'direct, indirect, mixed or block');
insert into documentation values ('attribution', 'anonymity', 'named, described, unnamed or none');
insert into documentation values ('attribution', 'negated', '1 where it says that the source did not say it');
insert into documentation values ('attribution', 'parent_id', 'the attribution that it is nested in');
insert into documentation values ('attribution', 'depth', 'in how many attributions it is nested');
insert into documentation values ('attribution', 'source_id', 'the source that it resolves to; null where that is not decided');
insert into documentation values ('attribution', 'chain', 'who the words passed through, outermost first, divided by '' > ''; ? where not named');
insert into documentation values ('attribution_span', '', 'one marked span of an attribution; a role may have several');
insert into documentation values ('attribution_span', 'attribution_id', 'the attribution');
insert into documentation values ('attribution_span', 'role', 'source, cue, content or relay');
insert into documentation values ('attribution_span', 'number', 'which fragment of the role it is, from 1');
insert into documentation values ('attribution_span', 'start', 'where it begins, in code points of the article''s text');
insert into documentation values ('attribution_span', 'end', 'where it ends, exclusive');
insert into documentation values ('attribution_span', 'text', 'its text; null where texts were left out');
insert into documentation values ('claim_attribution', '', 'an attribution whose content overlaps a claim');
insert into documentation values ('claim_attribution', 'claim_id', 'the claim');
insert into documentation values ('claim_attribution', 'attribution_id', 'the attribution; its reviewer is whose work it is');
insert into documentation values ('verdict', '', 'one verdict of one reviewer');
insert into documentation values ('verdict', 'id', 'a number in this file');
insert into documentation values ('verdict', 'claim_id', 'the claim');
insert into documentation values ('verdict', 'reviewer', 'the reviewer''s handle');
insert into documentation values ('verdict', 'attribution_id', 'the attribution it is about (did they say it?); null for the content (is it true?)');
insert into documentation values ('verdict', 'value', 'see the table value');
insert into documentation values ('verdict', 'reason', 'why it is mixed: conflict, missing_context or outdated');
insert into documentation values ('verdict', 'confidence', 'low, medium or high');
insert into documentation values ('verdict', 'justification', 'why, in her words');
insert into documentation values ('evidence', '', 'one piece of evidence that a reviewer found');
insert into documentation values ('evidence', 'id', 'its id');
insert into documentation values ('evidence', 'claim_id', 'the claim');
insert into documentation values ('evidence', 'reviewer', 'the reviewer''s handle');
insert into documentation values ('evidence', 'attribution_id', 'the attribution it is about (did they say it?); null for the content (is it true?)');
insert into documentation values ('evidence', 'question', 'the question that was asked');
insert into documentation values ('evidence', 'answer', 'the answer that was found');
insert into documentation values ('evidence', 'answer_type', 'extractive, abstractive, boolean, unanswerable or empty');
insert into documentation values ('evidence', 'url', 'where it was found');
insert into documentation values ('evidence', 'archived_url', 'the address of an archived copy');
insert into documentation values ('evidence', 'medium', 'what it is: a web page, a PDF, a recording');
insert into documentation values ('evidence', 'publisher', 'who published it');
insert into documentation values ('evidence', 'published_at', 'when it was published');
insert into documentation values ('evidence', 'retrieved_at', 'when the reviewer found it');
insert into documentation values ('evidence', 'passage', 'the passage that she quotes');
insert into documentation values ('evidence', 'stance', 'supports, refutes, context or empty');
insert into documentation values ('value', '', 'one value of the project''s label scheme');
insert into documentation values ('value', 'facet', 'worth, voice or verdict');
insert into documentation values ('value', 'id', 'what stands in the column of that name, or in verdict.value');
insert into documentation values ('value', 'name', 'its name');
insert into documentation values ('value', 'definition', 'what it means');
insert into documentation values ('documentation', '', 'what a table, view or column of this database means');
insert into documentation values ('documentation', 'table_name', 'the table or view');
insert into documentation values ('documentation', 'column_name', 'the column; empty for the table or view itself');
insert into documentation values ('documentation', 'meaning', 'what it means');
insert into documentation values ('claims', '', 'one flat row a claim and reviewer, with the verdict on the content, the sources of the outermost and of the innermost attribution with the chain to it, and the number and first address of the evidence');
insert into documentation values ('attributions', '', 'one flat row an attribution, with the text of each role, fragments divided by '' … ''');
insert into documentation values ('verdicts_by_source', '', 'how often each reviewer gave each verdict on the content of what a source is cited with');
insert into documentation values ('article_fts', '', 'full text search in title, text of article');
insert into documentation values ('claim_fts', '', 'full text search in text of claim');
insert into documentation values ('evidence_fts', '', 'full text search in question, answer, passage of evidence');
