"""How long a test may take."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.conftest import longest


@pytest.mark.times(2.5)
def test_a_test_that_is_turned_up_may_take_as_many_times_longer(request: pytest.FixtureRequest) -> None:
    assert longest(request.node) == 500


@pytest.mark.times(0.25)
def test_a_test_that_is_turned_down_has_the_time_of_any(request: pytest.FixtureRequest) -> None:
    assert longest(request.node) == 200


def test_no_property_fails_because_the_machine_is_busy() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
