"""The arguments of Stasis(): target, data, the call's own priority, the word of the context."""

import json

from ari_app.asterisk.event_decoding import decode
from warmline.core.messages.leg_messages import LegArrived

DATA = (("ticket", "4711"),)


Data = tuple[tuple[str, str], ...]


def arrival(*args: str) -> LegArrived:
    channel = {"id": "L", "name": "PJSIP/trunk-1", "state": "Ring", "caller": {}, "dialplan": {}, "channelvars": {}}
    [event] = decode(json.dumps({"type": "StasisStart", "args": list(args), "channel": channel}))
    assert isinstance(event, LegArrived)
    return event


def test_a_priority_comes_after_the_data_and_the_word_of_the_context_last() -> None:
    last = arrival("agent", "1000", "ticket=4711", "*5", "after")
    assert (last.args, last.priority, last.data, last.after) == (("agent", "1000"), 5, DATA, True)
    rows: list[tuple[tuple[str, ...], int, Data]] = [
        ((), 0, ()),
        (("*5",), 5, ()),
        (("ticket=4711", "*-99"), -99, DATA),
        (("ticket=4711",), 0, DATA),
        (("ticket=4711", "*+5"), 5, DATA),
        (("ticket=4711", "*"), 0, DATA),
        *(((text,), 0, ()) for text in ("*100", "*-+5", "*2.5", "*٣", "**5")),
    ]
    wrong = []
    for more, priority, data in rows:
        event = arrival("ingroup", "SALESLINE", *more)
        if (event.args, event.priority, event.data) != (("ingroup", "SALESLINE"), priority, data):
            wrong.append(f"{more}: {event}")
    assert wrong == []
