"""Values that break programs, and ways to damage valid ones."""

import itertools
import json
from typing import Any

from hypothesis import strategies as st

# fmt: off
TEXTS = (
    "", " ", "\0", "\n", "\r\nX: y", "\x7f", "\ufeff", "\u202e", "\ud800", "é", "😀", "٣", "' OR 1=1 --", '"', "\\",
    "%00",
    "%0a", "%", "../../etc/passwd", "a" * 300, "0" * 70_000, "A0" * 30_000,
    "${SHELL(id)}", "PJSIP/1&Local/2@x", ",", ";", "|",
    "{number}",
    "0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "null", "true", "-1", "1e999", "NaN", "9" * 400, "--json", "=",
    "=cmd|'/C calc'!A0", "<script>",
)
VALUES: tuple[Any, ...] = (
    *TEXTS, None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 0.5, 1e308, float("inf"),
    float("nan"), [], {},
    [[]], {"": ""}, [None], ["a"] * 1000, {"id": {"id": "x"}},
)
# fmt: on
DEEP = 3000  # levels; more than Python and msgspec support

BOUNDARY = "x"  # of the forms
PART = b"--x\r\nContent-Disposition: form-data; "
NESTED = b"".join(
    b"--%s\r\nContent-Type: multipart/mixed; boundary=%s\r\n\r\n" % (outer, inner)
    for outer, inner in itertools.pairwise([b"x", *(b"b%d" % level for level in range(500))])
)
# Parsed as mail, each of these took seconds, or overflowed the stack.
FORMS = (
    NESTED + b"\n" * (65_000 - len(NESTED)),
    PART + b'name="' + b";" * 60_000 + b"\r\n\r\nv\r\n--x--\r\n",
    PART + b"name*=a; name*0=b\r\n\r\nv\r\n--x--\r\n",
    PART + b"name*" + b"1" * 5000 + b"=a\r\n\r\nv\r\n--x--\r\n",
    b"--x\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 1000,
    (PART + b"name=f\r\n\r\n\r\n") * 1200,
    b"--x\r\n" * 12_000,
    b"--x\r\n" + b"A: b\r\n" * 10_000,
)
# Parsed at once, each of these took up to 17 ms of the loop of calls.
FIELDS = tuple((field * 65_536)[:65_536] for field in (b"%ff=%ff&", b"a=&", b"a&", b"%00=&", b"=&"))

texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=40))
json_values = st.one_of(
    st.sampled_from(VALUES),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    ),
)


def deep(opens: str, closes: str) -> str:
    """Something in something in something …"""
    return opens * DEEP + "0" + closes * DEEP


@st.composite
def spoilt(draw: st.DrawFn, values: st.SearchStrategy[Any], times: int = 2) -> Any:
    """Draw a valid JSON value in which a few parts are replaced, missing or doubled."""
    value = json.loads(json.dumps(draw(values)))
    for _ in range(draw(st.integers(0, times))):
        value = _changed(draw, value)
    return value


def _changed(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, dict) and value and draw(st.integers(0, 9)):
        name = draw(st.sampled_from(sorted(value)))
        match draw(st.sampled_from(["in", "in", "in", "gone", "renamed", "more"])):
            case "in":
                return value | {name: _changed(draw, value[name])}
            case "gone":
                return {key: inner for key, inner in value.items() if key != name}
            case "renamed":
                return {(draw(texts) if key == name else key): inner for key, inner in value.items()}
            case _:
                return value | {draw(texts): draw(json_values)}
    if isinstance(value, list) and value and draw(st.booleans()):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], _changed(draw, value[at]), *value[at : at + draw(st.integers(0, 2))], *value[at + 1 :]]
    return draw(json_values)


def written(value: Any) -> bytes:
    """Return JSON, with invalid parts (NaN, lone surrogates, numbers of any length)."""
    return json.dumps(value).encode("utf-8", "surrogatepass")


@st.composite
def damaged(draw: st.DrawFn, wholes: st.SearchStrategy[bytes]) -> bytes:
    """Draw bytes of which some are cut off, missing, doubled or changed."""
    data = draw(wholes)
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        match draw(st.sampled_from(["cut", "out", "twice", "other"])):
            case "cut":
                data = data[:start]
            case "out":
                data = data[:start] + data[end:]
            case "twice":
                data = data[:end] + data[start:]
            case _:
                data = data[:start] + draw(st.binary(max_size=20)) + data[end:]
    return data


def as_bytes(text: str) -> bytes:
    """Return UTF-8, also of invalid text."""
    return text.encode("utf-8", "surrogatepass")
