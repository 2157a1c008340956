"""docs/reference/json-api.md: its curl lines have the stated results when run in order; its lists are complete."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from ari_app.http.openapi.route_table import ROUTES
from tests.http.json_site import JsonSite, json_site
from tools.pages.marked_text import PROJECT
from warmline.store.configuration import config

PAGE = PROJECT / "docs/reference/json-api.md"
TOKENS = {"crm": "t" * 43, "office": "o" * 43}
STEP = re.compile(r"```sh\n(.*?)```\n+```json\n(.*?)```", re.DOTALL)

OF_THE_DOOR = {405, 411, 414, 431}  # for any address


def test_the_curl_lines_have_the_results_on_the_page(demo_database: Path, tmp_path: Path) -> None:
    steps = STEP.findall(PAGE.read_text())
    assert len(steps) == PAGE.read_text().count("```sh") > 5
    with json_site(Path(shutil.copy(demo_database, tmp_path)), tmp_path) as site, site.turning():
        created = dict(re.findall(r"\$ warmline api-token create (\w+) scopes=(\S+)", PAGE.read_text()))
        assert created.keys() == TOKENS.keys()
        for name, scopes in created.items():
            config.create(site.database, "api-token", name, {"scopes": scopes, "token": TOKENS[name]}, who="test")
        call = site.customer()
        receipt = ""
        for command, promised in steps:
            told = run(site, command, call, receipt)
            assert any(holds(json.loads(promised), one) for one in told), (command, promised, told)
            receipt = told[-1].get("id", receipt) if isinstance(told[-1], dict) else receipt
            site.driver.wait(1)


def run(site: JsonSite, command: str, call: str, receipt: str) -> list[dict[str, Any]]:
    """Return what the lines of a step print: the JSON of an answer, or of each event."""
    tokens = {"TOKEN": TOKENS["crm"], "OFFICE": TOKENS["office"]}
    environ = tokens | {"WARMLINE": site.url, "CALL": call, "RECEIPT": receipt, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["bash", "-euc", command], env=environ, capture_output=True, text=True, timeout=30, check=True
    )
    events = re.findall(r"^data: (.*)$", done.stdout, re.MULTILINE)
    return [json.loads(text) for text in events] or _answers(done.stdout)


def _answers(text: str) -> list[dict[str, Any]]:
    """The JSON documents that follow each other."""
    found, decoder = [], json.JSONDecoder()
    while text:
        one, end = decoder.raw_decode(text)
        found.append(one)
        text = text[end:].lstrip()
    return found


def holds(promised: Any, told: Any) -> bool:
    """Return whether the output contains everything promised; ids of calls differ from day to day."""
    if isinstance(promised, list) and isinstance(told, list):
        return len(promised) == len(told) and all(map(holds, promised, told))
    if not isinstance(promised, dict):
        return bool(promised == told)
    return all(name in told and (name == "call" or holds(value, told[name])) for name, value in promised.items())


def test_every_status_is_explained() -> None:
    explained = {
        int(number)
        for line in re.findall(r"^\| ([45][0-9, ]+) \|", PAGE.read_text(), re.MULTILINE)
        for number in line.split(",")
    }
    assert explained == {status for route in ROUTES for status in route.problems} | OF_THE_DOOR
