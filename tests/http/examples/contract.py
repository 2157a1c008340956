"""VICIdial's own answers (agent_api.json), and those that Warmline changes on purpose."""

import json
import re
from pathlib import Path
from typing import Any

from tests.internals.agent_api import NOT_SUPPORTED

Example = dict[str, Any]
EXAMPLES: list[Example] = json.loads(Path(__file__).with_name("agent_api.json").read_text())

# Commands that VICIdial accepts although they cannot succeed; api_impossible=ERROR refuses them.
IMPOSSIBLE = {
    "park_dead": "the customer is no longer on this call",
    "pause_substring": "value is XPAUSEX; it can be PAUSE, RESUME",
}

NEED_A_LEAD = ("st_lead_ok",)  # in the database; the simulated calls have none

HOLES = {
    "NUMBER": r"\d+",
    "LEAD": r"\d+",
    "EPOCH": r"\d{10}",
    "CALLERID": r"[A-Z]\d{15,19}",
    "ANY_AGENT": "100[01]",
    "SERVER_IP": r"127\.0\.0\.1",
    "CONF_EXTEN": r"86000\d\d",
    "RECORDING_ID": r"[^|]+",
    "FILENAME": r"[^|]+",
    "DATETIME": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
}


def supported(example: Example) -> bool:
    """Return whether Warmline has its function."""
    return example["query"].get("function") not in NOT_SUPPORTED


def impossible(example: Example) -> str:
    """Return why it cannot succeed although VICIdial accepts it; "" if it can."""
    return IMPOSSIBLE.get(example["id"]) or str(example.get("why", ""))


def expected(example: Example, mode: str, **known: str) -> str:
    """Return the whole body as a pattern, in a mode of api_impossible; `known` has values of placeholders."""
    query, told = example["query"], example.get("expect", "")
    if not supported(example) and "PERMISSION" not in told:
        told = f"ERROR: function not supported - {query['function']}|{query['agent_user']}\n"
    elif mode == "ERROR" and (why := impossible(example)):
        told = f"ERROR: {query['function']} {why} - {query['value']}|1000\n"
    elif "expect_re" in example:
        return str(example["expect_re"])
    if example["id"] in NEED_A_LEAD:
        told = told.replace("3125550100|123456|V-1", "{NUMBER}|{LEAD}|")
    pattern = re.escape(told)
    for name, hole in (HOLES | known).items():
        pattern = pattern.replace(re.escape("{" + name + "}"), hole)
    return rf"\A{pattern}\Z"


def query_of(example: Example, call: str) -> dict[str, str]:
    """Return the parameters to send; a call's id in them is that of the live call."""
    query = dict(example["query"])
    if re.fullmatch("Y[0-9]{19}", query.get("value", "")):
        query["value"] = call
    return query
