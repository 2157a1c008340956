"""Further hours of days: which texts an option takes, and in which form it keeps them."""

import pytest

from warmline.options.values.hours_type import DayHours


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ()),
        ("mon-wed:13:00-17:00", ("monday:1300-1700", "tuesday:1300-1700", "wednesday:1300-1700")),
        ("saturday-mon:800-930", ("monday:0800-0930", "saturday:0800-0930", "sunday:0800-0930")),
        ("Fri:2200-0100, fri:1300-1700 fri:1300-1700", ("friday:1300-1700", "friday:2200-0100")),
    ],
)
def test_hours_are_kept_in_the_order_of_the_week(text: str, kept: tuple[str, ...]) -> None:
    assert DayHours().parse(text) == kept
    assert DayHours().parse(",".join(kept)) == kept


@pytest.mark.parametrize("text", ["mon", "1300-1700", "mon:1300", "mon:1360-1700", "mon:2500-2600", "noon:1300-1700"])
def test_hours_of_another_form_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        DayHours().parse(text)


@pytest.mark.parametrize("text", ["mon:900-0900", "mon:2400-0500"])
def test_hours_without_a_minute_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="has no minute"):
        DayHours().parse(text)
