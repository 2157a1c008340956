"""/api/v1/ingroups and /api/v1/callbacks."""

import time

import pytest

from ari_app.link import queue_requests
from tests.http.json_site import JsonSite
from tests.store.busy_ingroups import SECOND, fill
from tests.wording.said import says
from warmline.core.messages.commands import Kind
from warmline.core.queue.queue_state import QueueState


@pytest.fixture
def busy(site: JsonSite) -> JsonSite:
    """SALES has been busy for a minute and a half."""
    fill(site.database, time.time_ns() // 1000 - 90 * SECOND)
    return site


def test_the_list_of_in_groups_shows_their_queues_now(busy: JsonSite) -> None:
    busy.driver.ask(Kind.PAUSE)
    busy.driver.customer()
    busy.driver.wait(30)
    by = {one["ingroup"]: one["now"] for one in busy.ask("GET", "/ingroups").body}
    assert by["GONE"] is None
    sales, support = by["SALESLINE"], by["SUPPORTLINE"]
    assert 30_000 <= sales.pop("longest_ms") == sales.pop("estimate_ms") < 31_000
    assert sales == {"waiting": 1, "agents": 1, "ready": 0}
    assert support == {"waiting": 0, "longest_ms": 0, "agents": 1, "ready": 0, "estimate_ms": None}


def test_one_in_group_shows_its_queue_without_the_database(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(site.api.threads), "report", None)
    told = site.ask("GET", "/ingroups/SALESLINE")
    queue = {"waiting": 0, "longest_ms": 0, "agents": 1, "ready": 1, "estimate_ms": 0}
    assert (told.status, told.body) == (200, {"ingroup": "SALESLINE", "group_name": "", "active": True, **queue})
    told = site.ask("GET", "/ingroups/SALES")
    assert (told.status, told.body["code"]) == (404, "ingroup_not_found")
    assert says(told.body["detail"], "ingroup_not_found", ingroup="SALES")


def test_without_the_call_process_the_service_is_told_and_no_queue(
    busy: JsonSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_: object, _ingroups: list[str]) -> list[QueueState]:
        raise queue_requests.late(TimeoutError())

    monkeypatch.setattr(type(busy.board), "queues", away)
    [sales] = [one for one in busy.ask("GET", "/ingroups").body if one["ingroup"] == "SALES"]
    assert (sales["offered"], sales["now"]) == (6, None)
    told = busy.ask("GET", "/ingroups/SALESLINE")
    assert (told.status, told.body["code"]) == (503, "queues_late")


def test_seconds_limits_the_period_of_the_in_groups(busy: JsonSite) -> None:
    [sales] = [one for one in busy.ask("GET", "/ingroups?seconds=39").body if one["ingroup"] == "SALES"]
    assert sales["offered"] == 1
    for wrong in ("0", "-1", "x", "1e3", "9" * 30, "", "1%00"):
        told = busy.ask("GET", f"/ingroups?seconds={wrong}")
        assert (told.status, told.body["errors"][0]["field"]) == (422, "seconds")
    told = busy.ask("GET", "/ingroups?second=60")
    assert (told.status, told.body["errors"][0]["field"]) == (422, "second")
