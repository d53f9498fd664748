from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.instants import written

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(st.datetimes())
def test_an_instant_is_written_as_datetime_writes_it(when: datetime) -> None:
    micros = (when.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
    assert written(micros) == when.replace(tzinfo=UTC).isoformat(timespec="microseconds")


def test_text_is_written_as_it_is() -> None:
    assert written("yesterday") == "yesterday"
