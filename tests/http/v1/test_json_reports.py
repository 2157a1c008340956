"""/api/v1/ingroups and /api/v1/callbacks."""

import time

import pytest

from tests.http.json_site import JsonSite
from tests.store.busy_ingroups import SECOND, fill


@pytest.fixture
def busy(site: JsonSite) -> JsonSite:
    """SALES has been busy for a minute and a half."""
    fill(site.database, time.time_ns() // 1000 - 90 * SECOND)
    return site


def test_the_list_of_in_groups_shows_their_service(busy: JsonSite) -> None:
    told = busy.ask("GET", "/ingroups")
    by = {one["ingroup"]: one for one in told.body}
    sales = by["SALES"]
    assert told.status == 200 and list(by) == sorted(by) and "QUIET" in by
    assert (sales["offered"], sales["answered"], sales["abandoned"], sales["waiting"]) == (6, 3, 1, 1)
    assert (sales["level"], sales["within_ms"], sales["longest_ms"]) == (0.4, 10_000, 360_000)
    assert (sales["statuses"], sales["callbacks"]) == ({"AFTHRS": 1, "DROP": 1, "TIMEOT": 1}, 2)
    assert by["GONE"]["level"] is None


def test_seconds_limits_the_period_of_the_in_groups(busy: JsonSite) -> None:
    [sales] = [one for one in busy.ask("GET", "/ingroups?seconds=39").body if one["ingroup"] == "SALES"]
    assert sales["offered"] == 1
    for wrong in ("0", "-1", "x", "1e3", "9" * 30, "", "1%00"):
        told = busy.ask("GET", f"/ingroups?seconds={wrong}")
        assert (told.status, told.body["errors"][0]["field"]) == (422, "seconds")
    told = busy.ask("GET", "/ingroups?second=60")
    assert (told.status, told.body["errors"][0]["field"]) == (422, "second")


def test_promised_callbacks_are_listed(busy: JsonSite) -> None:
    told = busy.ask("GET", "/callbacks")
    assert [(one["id"], one["number"], one["agent"], one["state"]) for one in told.body] == [
        ("B2", "5551234", "", "due"),
        ("B1", "5551234", "", "due"),
    ]


def test_a_parameter_that_is_spelt_wrong_is_refused(site: JsonSite) -> None:
    told = site.ask("GET", "/callbacks?sate=due")
    assert (told.status, told.body["errors"]) == (422, [{"field": "sate", "detail": "did you mean state?"}])
    told = site.ask("POST", "/agents/1000/pause?x=1")
    assert (told.status, told.body["code"]) == (422, "parameter_unknown")
