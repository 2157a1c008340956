"""The allowed lines to Asterisk by AGI and channel variables, judged without the code that wrote them."""

import re

from tests.agi.other_end import arguments, split
from tests.fuzz.entry_point import ForbiddenDial
from warmline.core.rules.call_result import PATH_CHARACTERS, VARIABLES

LONGEST = 2001  # bytes of a line, with its end; Asterisk takes the rest of a longer line as another command
COMMANDS = {
    ("SET", "VARIABLE"): 4,
    ("GET", "VARIABLE"): 3,
    ("GET", "FULL", "VARIABLE"): 4,
    ("CHANNEL", "STATUS"): 2,
    ("SET", "CONTEXT"): 3,
    ("SET", "EXTENSION"): 3,
    ("SET", "PRIORITY"): 3,
    ("SAY", "NUMBER"): 4,
    ("SAY", "DIGITS"): 4,
    ("SAY", "ALPHA"): 4,
    ("STREAM", "FILE"): 5,
    ("GET", "DATA"): 5,
    ("EXEC", "MSet"): 3,
    ("EXEC", "Wait"): 3,
    ("VERBOSE",): 3,
    ("ANSWER",): 1,
    ("HANGUP",): 1,
}
"""The commands of the scripts, and how many words each has."""

FREE = {"WARMLINE_WHY", "WARMLINE_REASON"}  # texts for people
NAMED = r"WARMLINE_DATA_[A-Za-z][A-Za-z0-9_]{0,31}"  # the data of a call
ULID = r"[0-7][0-9A-HJKMNP-TV-Z]{25}"

# The routes of the configuration in tests/agi/conftest.py.
GOTO = {
    "warmline-hangup,s,1",
    "places,9000,1",
    "places,9001,1",
    "places,s,1",
    "warmline-voicemail,100@nowhere,1",
}
ROUTES = {
    "route_did": {"ingroup,SALESLINE", "agent,1000"},
    "enter_ingroup": {"ingroup,SALESLINE"},
    "enter_agentdirect": {"agent,1000", "agent,1001", "agent,1002", "agent,1003"},
    "agent_login": {"login,1000"},  # trusted; and 1001, who knows the PIN
    "fallback": set[str](),
}
CONTEXTS = {"warmline-from-trunk", "warmline-ingroup", "warmline-agent"}
DIDS = {f"80055501{n:02}" for n in (0, 2, 10, 11, 12, 13, 14, 20, 21)} | {f"80055502{n:02}" for n in range(100)}
PLACES = CONTEXTS | DIDS | {f"+{number}" for number in DIDS} | {"SALESLINE", "1000", "1001", "1002", "1003"}
LOGIN_BY_PIN, PIN = "login,1001", b"2468"


def judge(script: str, said: bytes, heard: bytes) -> dict[str, str]:
    """Return the variables that the lines set.

    `said` went to Asterisk, `heard` came from it. Raises AssertionError, or ForbiddenDial for a route outside the
    configuration.
    """
    given: dict[str, str] = {}
    assert not said or said.endswith(b"\n"), "the last line has no end"
    for line in said.split(b"\n")[:-1]:
        assert len(line) < LONGEST, f"a line of {len(line)} bytes"
        text = line.decode()
        assert not re.search(r"[\0-\x1f\x7f]", text), f"a control character in {text!r}"
        words = split(text)
        [count] = [count for names, count in COMMANDS.items() if tuple(words[: len(names)]) == names] or [0]
        assert len(words) == count, f"no command of ours: {text!r}"
        if words[:2] in (["SET", "CONTEXT"], ["SET", "EXTENSION"]):
            assert words[2] in PLACES, f"the dialplan continues at {words[2]!r}"
        elif words[:2] == ["SET", "VARIABLE"]:
            given[words[2]] = words[3]
        elif words[:2] == ["EXEC", "MSet"]:
            given |= dict(pair.split("=", 1) for pair in arguments(words[2]))
    for name, value in given.items():
        _variable(script, name, value, heard)
    return given


def _variable(script: str, name: str, value: str, heard: bytes) -> None:
    if name == "WARMLINE_ROUTE":
        allowed = ROUTES.get(script, set()) | ({LOGIN_BY_PIN} if script == "agent_login" and PIN in heard else set())
    elif name == "WARMLINE_GOTO":
        allowed = GOTO if script == "route_did" else set()
    elif name in ("WARMLINE_CALL", "WARMLINE_SESSION"):
        assert re.fullmatch(ULID, value), (name, value)
        return
    elif script == "call_result" and name != "WARMLINE_REASON":
        assert name in VARIABLES and all(sign in PATH_CHARACTERS or sign > "\x9f" for sign in value), (name, value)
        return
    else:
        assert name in FREE or (script == "own" and re.fullmatch(NAMED, name)), f"unknown variable {name!r}"
        return
    if value not in allowed:
        raise ForbiddenDial(f"{script} sets {name}={value!r}")
