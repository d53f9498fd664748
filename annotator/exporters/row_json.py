"""A claim's part of a row, and what is nested in it, as JSON that is written without making the row first.

All of it is what `json_text` makes of the values in `row`, to the byte, in a fifth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.exporters.json_words import Quoted, quoted
from annotator.exporters.options import ExportOptions
from annotator.exporters.row import (
    chain_of,
    evidence_rows,
    json_text,
    ordered_attributions,
    ordered_verdicts,
    voice_of,
)
from annotator.model.attribution import Attribution
from annotator.model.judgement import Judgement, Verdict
from annotator.model.record import ArticleRecord, ClaimRecord
from annotator.model.source import SourceEntity
from annotator.model.span import Span

_YES = {False: "false", True: "true"}
_MOST_KNOWN = 1_000


class RowJson:
    """Writes the rows of one export: its records are `checked`. `evidence` writes the list of a record's evidence."""

    def __init__(self, options: ExportOptions, evidence: Callable[[ClaimRecord], str] | None = None) -> None:
        self._options = options
        self._evidence = evidence_json if evidence is None else evidence
        self._quoted = Quoted()
        self._tool_version = quoted(options.tool_version)
        self._judged: dict[tuple[int, str, str | None], tuple[Judgement, str]] = {}
        self._given: dict[int, tuple[Verdict, str]] = {}
        self._article: ArticleRecord | None = None
        self._made: dict[int, tuple[Attribution, SourceEntity | None, str]] = {}

    def claim(self, record: ClaimRecord) -> str:
        """The members of the second part of the record's row, without the braces."""
        start, end, known = record.span.start, record.span.end, self._quoted
        text = f'"text":{quoted(record.article.text[start:end])},' if self._options.with_text else ""
        settled = ""
        if self._options.adjudicated:
            settled = f'"settled":{known[record.settled]},"agreed":{self._list(record.agreed)},'
        first = quoted(record.first_decided_at)
        last = first if record.last_decided_at is record.first_decided_at else quoted(record.last_decided_at)
        return (
            f'"claim_id":"{record.claim_id}","ordinal":{record.ordinal},"start":{start},"end":{end},'
            f'"block":"{record.kind._value_}",{text}"reviewer":{known[record.reviewer]},{settled}'
            f'{self._judgement(record)}"attributions":{self.attributions(record)},"verdicts":{self.verdicts(record)},'
            f'"evidence":{self._evidence(record)},"first_decided_at":{first},"last_decided_at":{last},'
            f'"tool_version":{self._tool_version},"scheme":{known[record.scheme]}'
        )

    def _judgement(self, record: ClaimRecord) -> str:
        """The members of the judgement and the state, each with its comma."""
        judgement, state, voice = record.judgement, record.state._value_, voice_of(record)
        # Most records have one of few judgements, which are the same objects; to compare them takes as long as this.
        kept = self._judged.get((id(judgement), state, voice))
        if kept is not None:
            return kept[1]
        known = self._quoted
        made = (
            f'"state":"{state}",'
            f'"skipped":{_YES[judgement.skipped]},"worth":{known[judgement.worth]},"voice":{known[voice]},'
            f'"restatement":{known[judgement.restatement]},"flag":{_YES[judgement.flag]},'
            f'"note":{known[judgement.note]},"confidence":{known[judgement.confidence]},'
        )
        if len(self._judged) >= _MOST_KNOWN:
            self._judged.clear()
        # As long as it is kept no other object has its number.
        self._judged[id(judgement), state, voice] = judgement, made
        return made

    def attributions(self, record: ClaimRecord) -> str:
        """The list of its attributions."""
        if not record.attributions:
            return "[]"
        if record.article is not self._article:
            self._article = record.article
            self._made.clear()
        if len(record.attributions) == 1:
            return f"[{self._attribution(record, record.attributions[0], record.chains[0])}]"
        found = ordered_attributions(record)
        return f"[{','.join([self._attribution(record, *each) for each in found])}]"

    def _attribution(self, record: ClaimRecord, attribution: Attribution, ancestors: Sequence[str]) -> str:
        source = record.sources.get(attribution.id) if record.sources else None
        # What is nested in others says who they are.
        kept = None if ancestors else self._made.get(id(attribution))
        # One that covers several claims is written alike in each, and as long as it is kept it has its number alone.
        if kept is not None and kept[1] is source:
            return kept[2]
        made = self._attribution_from(record, attribution, ancestors, source)
        if not ancestors:
            self._made[id(attribution)] = attribution, source, made
        return made

    def _attribution_from(
        self, record: ClaimRecord, attribution: Attribution, ancestors: Sequence[str], source: SourceEntity | None
    ) -> str:
        known, cue, relay = self._quoted, attribution.cue, attribution.relay
        text = record.article.text if self._options.with_text else None
        words = ""
        if text is not None:
            chain = self._list(chain_of(record, attribution, ancestors))
            words = f'"source_name":{known[source.name if source else None]},"chain":{chain},'
        return (
            f'{{"id":{quoted(attribution.id)},"type":"{attribution.type._value_}","form":"{attribution.form._value_}",'
            f'"anonymity":"{attribution.anonymity._value_}","negated":{_YES[attribution.negated]},'
            f'"parent":{known[attribution.parent]},"ancestors":{self._list(ancestors) if ancestors else "[]"},'
            f'"source_id":{known[source.id if source else None]},{words}"spans":'
            f'{{"source":{_spans(attribution.source, text)},"cue":{"[]" if cue is None else _spans((cue,), text)},'
            f'"content":{_spans(attribution.content, text)},'
            f'"relay":{"[]" if relay is None else _spans((relay,), text)}}}}}'
        )

    def verdicts(self, record: ClaimRecord) -> str:
        """The list of its verdicts."""
        verdicts = record.verdicts
        if not verdicts:
            return "[]"
        if len(verdicts) > 1 or record.evidence:
            targets = {each.target for each in record.evidence}
            ordered = ordered_verdicts(verdicts)
            written = [self._verdict(verdict, rests=verdict.target in targets) for verdict in ordered]
            return f"[{','.join(written)}]"
        # As with judgements, most are one of few.
        (verdict,) = verdicts
        kept = self._given.get(id(verdict))
        if kept is None:
            if len(self._given) >= _MOST_KNOWN:
                self._given.clear()
            kept = self._given[id(verdict)] = verdict, f"[{self._verdict(verdict, rests=False)}]"
        return kept[1]

    def _verdict(self, verdict: Verdict, *, rests: bool) -> str:
        known = self._quoted
        return (
            f'{{"target":{known[verdict.target]},"value":{known[verdict.value]},"reason":{known[verdict.reason]},'
            f'"confidence":{known[verdict.confidence]},"justification":{known[verdict.justification]},'
            f'"rests_on_evidence":{_YES[rests]}}}'
        )

    def _list(self, texts: Sequence[str | None]) -> str:
        return f"[{','.join([self._quoted[text] for text in texts])}]" if texts else "[]"


def evidence_json(record: ClaimRecord) -> str:
    """The list of its evidence."""
    return json_text(evidence_rows(record)) if record.evidence else "[]"


def _spans(spans: Sequence[Span], text: str | None) -> str:
    if text is None:
        return f"[{','.join([_place(span) for span in spans])}]"
    if len(spans) == 1:
        start, end = spans[0].start, spans[0].end
        return f'[{{"start":{start},"end":{end},"text":{quoted(text[start:end])}}}]'
    written = [
        f'{{"start":{span.start},"end":{span.end},"text":{quoted(text[span.start : span.end])}}}' for span in spans
    ]
    return f"[{','.join(written)}]"


def _place(span: Span) -> str:
    return f'{{"start":{span.start},"end":{span.end}}}'
