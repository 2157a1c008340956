"""Tables of TOML and JSON files, right and wrong."""

import json
from typing import Any

import tomli_w
from hypothesis import strategies as st

from tests.fuzz import hostile

BAD_TOML = (
    "a = 1\na = 2\n", "[a]\n[a]\n", "x = 0x" + "f" * 5000, "x = 1" + "0" * 5000, "x = " + "[" * 3000,
    "x = {a={a={a=1}}}",
    "x = 1979-05-27T07:32:00.999999Z", "x = nan", "x = -inf", "[[agents]]\n[agents.x]\n",
    "[agent.1000]\nphone = '\\ud800'",
    "\ufeffx = 1", "x = '''\0'''", "[\"\"]\n\"\" = {\"\" = 1}", "= 1", "[campaign]\nTESTCAMP = 1\n",
    "x." * 3000 + "y = 1",
)  # fmt: skip
BAD_JSON = (
    '{"a":1,"a":2}', "NaN", '{"x": Infinity}', "1" * 5000, hostile.deep("[", "]"), hostile.deep('{"a":', "}"),
    '"\\ud800"',
    '{"agent": {"1000": {"phone": "\\ud800"}}}', '[{"user": "\\udc00"}]', "null", "[]", "[[]]", '{"campaign": null}',
)  # fmt: skip


@st.composite
def files(draw: st.DrawFn, value: st.SearchStrategy[dict[str, Any] | list[Any]]) -> tuple[str, bytes]:
    """A file's ending, and its content."""
    ending = draw(st.sampled_from(["toml", "json"]))
    match draw(st.sampled_from(["spoilt"] * 6 + ["damaged", "bad", "bytes"])):
        case "bytes":
            return ending, draw(st.binary(max_size=100))
        case "bad":
            return ending, hostile.as_bytes(draw(st.sampled_from(BAD_TOML if ending == "toml" else BAD_JSON)))
        case how:
            data = _written(draw(hostile.spoilt(value, times=3)), ending)
            return ending, draw(hostile.damaged(st.just(data))) if how == "damaged" else data


def _written(value: Any, ending: str) -> bytes:
    if ending == "json":
        return hostile.written(value)
    try:
        return hostile.as_bytes(tomli_w.dumps(value))
    except (TypeError, ValueError, AttributeError):  # a value that TOML cannot express
        return hostile.as_bytes(f"x = {json.dumps(value)}")
