"""The views of the export: the name of each, what a row of it is, and its SQL.

SQLite knows nothing of how many rows there are of what. A column with a plus before it is not one to look rows up by:
without that it takes all that a reviewer has given, for each claim.
"""

from __future__ import annotations

_SOURCE = """coalesce(source.name, (select group_concat(text, ' … ') from (select text from attribution_span
      where attribution_id = attribution.id and role = 'source' order by number)))"""


def _of_attribution(what: str, order: str) -> str:
    """The subquery for something of the first attribution of a row: in this order, and then in that of the text."""
    return f"""(select {what}
    from claim_attribution join attribution on attribution.id = attribution_id
    left join source on source.id = attribution.source_id
    where claim_attribution.claim_id = claim.id and attribution.reviewer = judgement.reviewer
    order by {order}, claim_attribution.rowid limit 1)"""


VIEWS: tuple[tuple[str, str, str], ...] = (
    (
        "claims",
        "one flat row a claim and reviewer, with the verdict on the content, the sources of the outermost and of the "
        "innermost attribution with the chain to it, and the number and first address of the evidence",
        f"""
select article.title, claim.text, judgement.reviewer, judgement.state, judgement.worth, judgement.voice,
  {_of_attribution(_SOURCE, "depth")} as source,
  {_of_attribution(_SOURCE, "depth desc")} as inner_source,
  {_of_attribution("attribution.chain", "depth desc")} as inner_chain,
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
order by judgement.rowid""",
    ),
    (
        "attributions",
        "one flat row an attribution, with the text of each role, fragments divided by ' … '",
        """
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
left join source on source.id = attribution.source_id""",
    ),
    (
        "verdicts_by_source",
        "how often each reviewer gave each verdict on the content of what a source is cited with",
        """
select source.id as source_id, source.name, source.kind, attribution.reviewer, verdict.value,
  count(distinct verdict.claim_id) as claims
from source join attribution on attribution.source_id = source.id
join claim_attribution on claim_attribution.attribution_id = attribution.id
join verdict on verdict.claim_id = claim_attribution.claim_id and +verdict.reviewer = attribution.reviewer
  and +verdict.attribution_id is null
group by source.id, attribution.reviewer, verdict.value""",
    ),
)
