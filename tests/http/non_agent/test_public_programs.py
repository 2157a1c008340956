"""Requests that public programs sent to a lab, in their order, and the values that each program reads."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import history_rows, vector_site
from tests.http.non_agent.live_set_ups import LIVE
from tests.http.non_agent.vector_site import Ids, SetUps
from tests.internals.non_agent import config

REQUESTS = [json.loads(line) for line in (Path(__file__).parent / "program_requests.jsonl").read_text().splitlines()]
PROGRAMS = list(dict.fromkeys(request["program"] for request in REQUESTS))
SET_UPS = SetUps(rows={"history": history_rows.history}, agents=LIVE.agents, live=LIVE.live)


@pytest.fixture
def day(base: Path, tmp_path: Path) -> Iterator[tuple[JsonSite, Ids]]:
    """Provide a site with past calls and an agent in a call, and the id of that call."""
    database = Path(shutil.copy(base, tmp_path / "warmline.db"))
    config.set_options(database, "setting", "warmline", {"recording_links": "api"}, who="test")
    config.create(database, "disposition", "AIHU", {}, who="test")
    with vector_site.site(database, tmp_path / "run", ["history", "incall"], SET_UPS) as made:
        yield made


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_public_program_reads_its_values(program: str, day: tuple[JsonSite, Ids]) -> None:
    site, ids = day
    for request in REQUESTS:
        if request["program"] == program:
            answer = _send(site, request, ids)
            if "row" in request:
                _assert_row(answer, request, ids)
            else:
                assert re.match(_filled(request["begins"], ids), answer), (request, answer)


def _send(site: JsonSite, request: Mapping[str, Any], ids: Ids) -> str:
    fields = {name: _filled(value, ids) for name, value in request["fields"].items()}

    async def go() -> str:
        if request["method"] == "POST":
            response = await site.client.post(request["path"], data=fields)
        else:
            response = await site.client.get(request["path"], params=fields)
        assert response.status == 200
        return await response.text()

    return site.do(go())


def _assert_row(answer: str, request: Mapping[str, Any], ids: Ids) -> None:
    """Assert that the answer names its columns, and that one of its rows has the values by these names."""
    between = "," if request["fields"].get("stage") == "csv" else "|"
    names, *rows = [line.split(between) for line in answer.splitlines()]
    wanted = {name: _filled(pattern, ids) for name, pattern in request["row"].items()}
    found = [dict(zip(names, row, strict=False)) for row in rows]
    assert any(
        all(re.fullmatch(pattern, row.get(name, "no such column")) for name, pattern in wanted.items()) for row in found
    ), (request, answer)


def _filled(text: str, ids: Ids) -> str:
    return text.replace("{CALL_IN}", ids["CALL_IN"])
