"""Opening hours as people write them: a second time of a day is a further window of it."""

import pytest

from cli.arguments import hours_hints
from warmline.options.option_table import CALL_TIME


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("mon-tue 9-12, 13-17", "monday:1300-1700,tuesday:1300-1700"),
        ("mon-wed 9-12 and mon 13-17, sat 10-14", "monday:1300-1700"),
        ("9-12, 13-17, mon-fri closed", "saturday:1300-1700,sunday:1300-1700"),
        ("mon-fri 9-17, sat 10-14", ""),
        ("9-17, sat 10-14", ""),
        ("mon closed 9-17", ""),
        ("9-17 mon-fri", ""),
    ],
)
def test_second_time_of_a_day_is_a_further_window(text: str, more: str) -> None:
    found = dict(one.split("=") for one in hours_hints.options(text))
    assert found.get("ct_more_hours", "") == more
    for name, value in found.items():
        CALL_TIME.option(name).type.parse(value)
