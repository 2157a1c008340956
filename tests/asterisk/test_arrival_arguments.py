"""The arguments of Stasis(): target, data, the call's own priority, the word of the context."""

import json

import pytest

from ari_app.asterisk.event_decoding import decode
from warmline.core.messages.leg_messages import LegArrived

DATA = (("ticket", "4711"),)


def test_the_word_of_the_context_comes_last() -> None:
    channel = {"id": "L", "name": "PJSIP/trunk-1", "state": "Ring", "caller": {}, "dialplan": {}, "channelvars": {}}
    said = {"type": "StasisStart", "args": ["agent", "1000", "ticket=4711", "*5", "after"], "channel": channel}
    [came] = decode(json.dumps(said))
    assert isinstance(came, LegArrived)
    assert (came.args, came.priority, came.data, came.after) == (("agent", "1000"), 5, DATA, True)


@pytest.mark.parametrize(
    ("more", "priority", "data"),
    [
        ((), 0, ()),
        (("*5",), 5, ()),
        (("ticket=4711", "*-99"), -99, DATA),
        (("ticket=4711",), 0, DATA),
        (("ticket=4711", "*+5"), 5, DATA),
        (("ticket=4711", "*"), 0, DATA),
        (("*100",), 0, ()),
        (("*-+5",), 0, ()),
        (("*2.5",), 0, ()),
        (("*٣",), 0, ()),
        (("**5",), 0, ()),
    ],
)
def test_a_priority_comes_after_the_data(
    more: tuple[str, ...], priority: int, data: tuple[tuple[str, str], ...]
) -> None:
    channel = {"id": "L", "name": "PJSIP/trunk-1", "state": "Ring", "caller": {}, "dialplan": {}, "channelvars": {}}
    said = {"type": "StasisStart", "args": ["ingroup", "SALESLINE", *more], "channel": channel}
    [came] = decode(json.dumps(said))
    assert isinstance(came, LegArrived)
    assert (came.args, came.priority, came.data) == (("ingroup", "SALESLINE"), priority, data)
