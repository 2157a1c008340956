"""/api/v1/history."""

from tests.cli.calls.test_history import CALLER, live_through
from tests.http.json_site import JsonSite


def test_the_json_api_says_the_same(site: JsonSite) -> None:
    live_through(site.database).close()
    told = site.ask("GET", "/history?agent=1000&limit=5")
    assert (told.status, [one["outcome"] for one in told.body]) == (200, ["live", "answered"])
    assert [one["outcome"] for one in site.ask("GET", f"/history?number=%2B{CALLER}").body][1] == "missed"
    assert [one["outcome"] for one in site.ask("GET", "/history").body] == ["live", "missed", "answered"]
    assert [one["outcome"] for one in site.ask("GET", f"/history?agent=1000&number={CALLER}").body][1] == "answered"
    assert site.ask("GET", "/history?agent=1000&number=1").body == []
    wrong = {"?agent=1&limit=0": "limit", "?limit=x": "limit", "?agents=1": "agents"}
    for query, field in wrong.items():
        told = site.ask("GET", f"/history{query}")
        assert (told.status, told.body["errors"][0]["field"]) == (422, field)
