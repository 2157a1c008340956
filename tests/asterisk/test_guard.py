"""Whom the guard sends to the fallback, and whom it leaves where he is."""

import pytest

from warmline.ari_app.asterisk.picture import Picture
from warmline.ari_app.asterisk.shapes import Channel, Dialplan
from warmline.ari_app.guard import waiting


def goes(place: str = "", data: str = "warmline,ingroup,SALES", session: str = "", seconds: float = 4.0) -> bool:
    """Whether a channel in this place goes away, when the application has been stopped for so long."""
    channel = Channel("L", dialplan=Dialplan("800", "Stasis", data), channelvars={"WARMLINE_SESSION": session})
    now = Picture("warmline", 0, {"L": channel}, frozenset(), {"L": place} if place else {}, frozenset())
    return list(waiting(now, seconds, 30)) == ["L"]


def test_who_hears_nothing_goes_at_once() -> None:
    assert goes()


@pytest.mark.parametrize("seconds, away", [(4.0, False), (30.0, False), (30.5, True)])
def test_who_hears_music_has_half_a_minute(seconds: float, away: bool) -> None:
    assert goes("spot-C-c", seconds=seconds) is away


@pytest.mark.parametrize(
    "stays",
    [
        {"place": "room-C"},
        {"session": "S"},
        {"session": "S", "place": "room-C"},
        {"data": "warmline,made"},
        {"data": "warmline,made", "place": "spot-C-t"},
        {"data": "warmline,whisper"},
        {"data": "other,ingroup,SALES"},
    ],
    ids=[
        "in a room",
        "in his seat",
        "an agent in a room",
        "called by us",
        "a parked third",
        "a beep",
        "somebody else's",
    ],
)
def test_nobody_else_ever_goes(stays: dict[str, str]) -> None:
    assert not goes(seconds=3600, **stays)  # type: ignore[arg-type]  # mypy takes every value for seconds, too
