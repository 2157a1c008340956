"""Searches of past calls: one filter at a time, mixtures, and what each role may see."""

import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.store.reports.past_calls import (
    AGENTS,
    CAMPAIGNS,
    IDLE_AGENT,
    INGROUPS,
    RARE_AGENT,
    RARE_CAMPAIGN,
    RARE_CODE,
    RARE_INGROUP,
    RARE_KIND,
    RARE_SERVER,
    RARE_WORD,
    USERS,
)

PREFIX = "past-"  # of the users
ADMIN = f"{PREFIX}admin"
EVER = "400d"  # before the first call
Query = Mapping[str, str]

ONE_FILTER: dict[str, Query] = {
    "every call": {},
    "an agent": {"agent": "agent-{n}"},
    "an agent with 100 calls": {"agent": RARE_AGENT},
    "an agent without calls": {"agent": IDLE_AGENT},
    "an in-group": {"ingroup": "Q{q}"},
    "an in-group with 50 calls": {"ingroup": RARE_INGROUP},
    "a campaign": {"campaign": "C{c}"},
    "a campaign with 100 calls": {"campaign": RARE_CAMPAIGN},
    "a code": {"disposition": "SALE"},
    "a code with 20 calls": {"disposition": RARE_CODE},
    "missed": {"outcome": "missed"},
    "failed": {"outcome": "failed"},
    "live": {"outcome": "live"},
    "the fallback's": {"outcome": "fallback"},
    "recorded": {"recorded": "true"},
    "not recorded": {"recorded": "false"},
    "a transfer": {"transfer": "LEAVE_3WAY_CALL"},
    "a transfer with 20 calls": {"transfer": RARE_KIND},
    "talk of a minute or two": {"length": "60s..120s"},
    "talk of an hour, 10 calls": {"length": "1h.."},
    "talk of less than 5 s": {"length": "..5s"},
    "a mark of every 50th call": {"mark": "praise"},
    "a mark of 10 calls": {"mark": "coaching"},
    "a server with 100 calls": {"server": RARE_SERVER},
    "a number": {"number": "4930{number}"},
    "a lead": {"lead": "{lead}"},
    "a word of 300,000 notes": {"notes": "customer"},
    "a word of 60 notes": {"notes": "w{word}"},
    "a word of 10 notes": {"notes": RARE_WORD},
    "the beginning of many words": {"notes": "w"},
    "two words": {"notes": "w{word} street"},
    "a day": {"between": "{day}..{day}"},
    "a later page": {"disposition": "SALE", "after": "{middle}"},
}
MIXTURES: dict[str, Query] = {
    "agent, code": {"agent": "agent-{n}", "disposition": "SALE"},
    "agent, missed: none": {"agent": "agent-{n}", "outcome": "missed"},
    "agent, in-group, length": {"agent": "agent-{n}", "ingroup": "Q{q}", "length": "2m..5m"},
    "campaign, code, word": {"campaign": "C{c}", "disposition": "NI", "notes": "w{word}"},
    "campaign, in-group, code": {"campaign": "C{c}", "ingroup": "Q{q}", "disposition": "SALE"},
    "campaign, in-group, code, transfer": {
        "campaign": "C{c}",
        "ingroup": "Q{q}",
        "disposition": "SALE",
        "transfer": "LEAVE_3WAY_CALL",
    },
    "in-group, missed": {"ingroup": "Q{q}", "outcome": "missed"},
    "rare code, campaign": {"disposition": RARE_CODE, "campaign": "C{c}"},
    "code, less than 5 s: none": {"disposition": "SALE", "length": "..5s"},
    "missed, transfer: none": {"outcome": "missed", "transfer": "LEAVE_3WAY_CALL"},
    "failed, recorded: none": {"outcome": "failed", "recorded": "true"},
    "code, hour, in-group": {"disposition": "NI", "length": "1h..", "ingroup": "Q{q}"},
    "word of many, code, length": {"notes": "customer", "disposition": "NI", "length": "9m.."},
    "month, campaign, code": {"campaign": "C{c}", "disposition": "SALE", "between": "{day}..{later}"},
}
BY_ROLE: dict[str, Query] = {
    "every call": {},
    "a code": {"disposition": "SALE"},
    "a rare code": {"disposition": RARE_CODE},
    "a word of many notes": {"notes": "customer"},
    "an hour": {"length": "1h.."},
    "missed": {"outcome": "missed"},
    "in-group, code": {"ingroup": "Q{q}", "disposition": "SALE"},
}


class CallSearch(NamedTuple):
    """A search: its name, the user who searches, and the parameters, in which {names} are filled each time."""

    what: str
    user: str
    query: Query


def searches() -> Iterator[CallSearch]:
    """Yield every search."""
    for what, query in {**ONE_FILTER, **MIXTURES}.items():
        yield CallSearch(what, ADMIN, query)
    for user in USERS:
        if user != ADMIN:
            yield from (
                CallSearch(f"{what}, as {user.removeprefix(PREFIX)}", user, query) for what, query in BY_ROLE.items()
            )


def filled(query: Query, turn: int, calls: int) -> dict[str, str]:
    """Return the parameters of a search, with other values in each turn."""
    ago = (200 - turn % 100, 170 - turn % 100)
    day, later = (time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400 * days)) for days in ago)
    values = {
        "n": (turn * 37 + 5) % AGENTS,
        "q": turn % INGROUPS,
        "c": turn % CAMPAIGNS,
        "number": f"{turn * 7919 % 300_000:07d}",
        "lead": turn * 997 % 100_000 + 1,
        "word": 100 + turn * 61 % 4000,
        "day": day,
        "later": later,
        "middle": f"01A{calls // 2 + turn:023d}",
    }
    found = {name: text.format(**values) for name, text in query.items()}
    return found if "between" in found else {"since": EVER, **found}
