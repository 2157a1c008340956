"""/api/v1/history."""

from tests.cli.calls.test_history import CALLER, live_through
from tests.http.json_site import JsonSite
from warmline.store.database.database import connect
from warmline.store.leads import leads


def test_the_calls_of_a_lead_and_of_a_period_come_page_by_page(site: JsonSite) -> None:
    live_through(site.database).close()
    every = site.ask("GET", "/history").body
    live, missed, answered = (one["call"] for one in every)
    with connect(site.database) as db:
        db.execute("UPDATE call SET lead = 17 WHERE id IN (?, ?)", [missed, answered])
    assert [one["call"] for one in site.ask("GET", "/history?lead=17").body] == [missed, answered]
    assert [one["call"] for one in site.ask("GET", f"/history?lead=17&after={missed}").body] == [answered]
    assert [one["call"] for one in site.ask("GET", "/history?lead=17&agent=1000").body] == [answered]
    assert site.ask("GET", "/history?lead=17&number=1").body == site.ask("GET", "/history?lead=18").body == []
    at = every[1]["at"].replace("+", "%2B")
    for filters in ("", "&agent=1000", f"&number={CALLER}", "&lead=17"):
        asked = "/history?limit=100" + filters
        parts = [site.ask("GET", f"{asked}&{one}={at}").body for one in ("since", "until")]
        assert sorted(one["call"] for part in parts for one in part) == sorted(
            one["call"] for one in site.ask("GET", asked).body
        ), filters
    assert site.ask("GET", f"/history?until={at}&after={live}").body == every[2:]
    for query in ("lead=0", "lead=x", "lead=-1", "lead=" + "9" * 19, "lead=", "since=x", "until="):
        assert site.ask("GET", f"/history?{query}").status == 422, query


def test_an_agent_sees_the_in_group_that_gave_the_call_and_the_customer(site: JsonSite) -> None:
    live_through(site.database).close()
    answered = site.ask("GET", "/history").body[2]["call"]
    known = {"phone_number": "8005550100", "first_name": "Ada", "last_name": "B"}
    lead = leads.create(site.database, "998", known, who="test")
    with connect(site.database) as db:
        db.execute("UPDATE call SET lead = ?, ingroup = 'AGENTDIRECT' WHERE id = ?", [lead, answered])

    def told(query: str) -> tuple[str, str]:
        [row] = site.ask("GET", f"/history?lead={lead}{query}").body
        return row["ingroup"], row["customer_name"]

    assert told("&agent=1000") == ("SALESLINE", "Ada B")
    assert told("") == ("AGENTDIRECT", "Ada B"), "the last one of the call"
