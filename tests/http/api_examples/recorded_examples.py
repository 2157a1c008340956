"""The examples of all operations, as the API answers them now.

Lists are cut to their first rows, and values that differ each time have a place-holder of the same form.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.http.api_examples.example_world import BEGUN, ExampleWorld
from tests.http.api_examples.prepared_requests import prepared
from tests.internals.json_api import ROUTES, iso

SENT = [route for route in ROUTES if not route.media.startswith("audio")]
ROWS = 2  # of a list
SEEN_TODAY = re.compile(r"20[0-9]{2}-[0-9-]{5}T[0-9:.]+(\+00:00|Z)")
HIDDEN = (  # random values
    (re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{16}(?![0-9a-zA-Z])"), "3f2c60abfdb819e3"),  # ids of sessions and imports
    (
        re.compile(r"(?<![\w-])[\w-]{16}\.([0-9]+)\.[\w-]{32}(?![\w-])"),
        r"Zd2bcHn3TtsH6cXE.\1.Vb0nZr1Wq9yLk3TtXc5uPd7MfEa8GhJs",
    ),
    (re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])"), "Vb0nZr1Wq9yLk3TtXc5uPd7MfEa8GhJs2oQiBz4CvNm"),  # tokens and secrets
    (re.compile(r"(?<![\w-])[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){2}(?![\w-])"), "k7mq-4xwd-9trp"),  # passwords
    (re.compile(r"[A-Z2-7]{4}( [A-Z2-7]{4}){7}"), "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"),
    (re.compile(r"[A-Z2-7]{4}( [A-Z2-7]{4}){3}"), "MZXW 6YTB OI3D EMBQ"),
    (re.compile(r"secret=[A-Z2-7]{32}"), "secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
    (re.compile(r"[01]{30,}"), "11111110001010010111101111111"),
    (re.compile(r"127\.0\.0\.1:[0-9]{4,5}"), "pbx.example"),
    (re.compile(r"sig=[0-9a-f]{64}"), "sig=" + "3f2c60ab" * 8),
    (re.compile(r"(-test-|^retry: [0-9]+\nid: )[0-9a-f]{8}"), r"\g<1>3f2c60ab"),
)
MEASURED = {"seconds": 0.4, "longest_held_ms": 10.0}  # of an import


def record(world: ExampleWorld) -> dict[str, Any]:
    """Send the example of each operation, and return all by the names of the operations."""
    found = {}
    for route in SENT:
        sent = prepared(world, route)
        told = world.ask(route, sent)
        assert told.status in (route.status, route.other_status), (route.name, told.body)
        found[route.name] = {
            "path": same_each_time(sent.path),
            "query": dict(sent.query),
            "status": told.status,
            "answer": same_each_time(told.body),
        }
    return found


def same_each_time(value: Any) -> Any:
    """Return a value of an answer as the file has it."""
    if isinstance(value, dict):
        fixed = {name: MEASURED[name] for name in MEASURED if isinstance(value.get(name), float)}
        return {name: same_each_time(one) for name, one in value.items()} | fixed
    if isinstance(value, list):
        return [same_each_time(one) for one in value[:ROWS]]
    if isinstance(value, str):
        for form, place_holder in HIDDEN:
            value = form.sub(place_holder, value)
        return SEEN_TODAY.sub(_of_the_world, value)
    return value


def _of_the_world(found: re.Match[str]) -> str:
    """Return a time of the world unchanged; the few of the real clock become that of its beginning."""
    is_real = abs(datetime.now(UTC) - datetime.fromisoformat(found[0])) < timedelta(days=1)
    return iso(BEGUN) if is_real else found[0]


def written(found: dict[str, Any]) -> bytes:
    """Return the file with the examples."""
    return json.dumps(found, indent=1, ensure_ascii=False).encode() + b"\n"
