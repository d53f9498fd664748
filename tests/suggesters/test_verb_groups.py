"""Verb groups are found run by run as they would be in the whole of a unit."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.suggesters.reading import pos
from annotator.suggesters.syntax.verb_groups import _GROUP, _GROUPS, _RUN


@given(st.text(st.sampled_from("rmhxyvtgebin"), max_size=12))
@example("gei")
@example("gre")
@example("rgein")
def test_no_group_reaches_beyond_its_run(tags: str) -> None:
    whole = [
        (match.start(), match.end() - 1, match.lastgroup)
        for match in _GROUP.finditer(tags)
        if tags[match.end() - 1] != pos.ADVERB
    ]
    by_runs = [
        (run.start() + start, run.start() + head, form)
        for run in _RUN.finditer(tags)
        for start, head, form, _ in _GROUPS[run[0]]
    ]
    assert by_runs == whole
