"""Callbacks by the JSON API: promised, listed, taken, rescheduled, cancelled, dialled."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from warmline.store.configuration import config
from warmline.store.leads import callbacks, dnc, leads

TIME = "2099-12-24T18:05"


def promised(site: JsonSite, **callback: str) -> dict[str, Any]:
    """Let agent 1000 promise a customer a callback."""
    site.ask("POST", f"/calls/{site.customer()}/hangup")
    body = {"status": "CALLBK", "callback": {"at": TIME} | callback}
    told = site.ask("POST", "/agents/1000/disposition", body)
    assert told.status == 201, told.body
    [found] = site.ask("GET", "/callbacks").body
    site.ask("POST", "/agents/1000/pause")
    shown: dict[str, Any] = found
    return shown


def test_a_disposition_promises_one(site: JsonSite) -> None:
    found = promised(site, whose="USERONLY", comments="after six")
    assert (found["at"], found["state"]) == ("2099-12-24T18:05:00.000+00:00", "pending")
    assert (found["agent"], found["comments"], found["number"]) == ("1000", "after six", "3125550100")
    assert site.ask("GET", f"/callbacks/{found['id']}").body == found


def test_a_number_on_a_do_not_call_list_is_named_in_callbacks_history_and_screen(site: JsonSite) -> None:
    found = promised(site)
    site.ask("POST", "/agents/1000/preview", {"number": found["number"]})

    def told() -> list[str]:
        lists = [site.ask("GET", f"/{name}?agent=1000").body[0] for name in ("callbacks", "history")]
        screen = site.ask("GET", "/agents/1000/screen").body["lead"]
        return [one["do_not_call"] for one in (*lists, site.ask("GET", "/agents/1000/lead").body, screen)]

    assert told() == [""] * 4
    dnc.add(site.database, f"1{found['number']}", "TESTCAMP", who="test")
    assert told() == ["the do-not-call list of campaign TESTCAMP"] * 4


def test_a_callback_is_rescheduled_taken_and_cancelled(site: JsonSite) -> None:
    found = promised(site)
    place = f"/callbacks/{found['id']}"
    assert site.ask("POST", f"{place}/reschedule", {"at": "2027-01-02T09:00+01:00"}).status == 201
    assert site.ask("GET", place).body["at"] == "2027-01-02T08:00:00.000+00:00"
    told = site.ask("POST", f"{place}/take", {"agent": "1001"})
    assert (told.status, told.body["kind"], told.body["outcome"]) == (201, "CALLBACK", "completed")
    assert site.ask("GET", place).body["agent"] == "1001"
    assert site.ask("GET", "/callbacks?agent=1000").body == []
    assert site.ask("POST", "/agents/1000/dial", {"callback": found["id"]}).status == 409
    assert site.ask("POST", f"{place}/cancel").status == 201
    assert site.ask("GET", "/callbacks").body == []
    [cancelled] = site.ask("GET", "/callbacks?state=cancelled").body
    assert (cancelled["by"], cancelled["state"]) == ("token:local", "cancelled") and cancelled["ended"]
    told = site.ask("POST", f"{place}/take", {"agent": "1000"})
    assert (told.status, told.body["code"]) == (409, "callback_closed")


def test_a_previewed_callback_is_dialled_unless_it_was_taken(site: JsonSite) -> None:
    found = promised(site)
    assert site.ask("POST", "/agents/1000/preview", {"callback": found["id"]}).status == 201
    assert site.ask("POST", f"/callbacks/{found['id']}/take", {"agent": "1001"}).status == 201
    told = site.ask("POST", "/agents/1000/dial")
    assert (told.status, told.body["code"]) == (409, "callback_of_another")
    assert site.ask("POST", f"/callbacks/{found['id']}/take", {"agent": "1000"}).status == 201
    site.driver.asterisk.far_ends[found["number"]] = [(0.1, "ringing")]
    assert site.ask("POST", "/agents/1000/dial").status == 201
    [call] = site.driver.world.calls.values()
    assert call.outcome.callback and call.outcome.callback.id == found["id"]


def test_the_time_may_be_said_as_people_say_it(site: JsonSite) -> None:
    place = f"/callbacks/{promised(site, at='+2h')['id']}"
    late = datetime.fromisoformat(site.ask("GET", place).body["at"]) - datetime.now(UTC)
    assert timedelta(minutes=119) < late <= timedelta(hours=2)
    key = {"Idempotency_Key": "move-1"}
    first = site.ask("POST", f"{place}/reschedule", {"at": "+30m"}, **key)
    at = site.ask("GET", place).body["at"]
    assert site.ask("POST", f"{place}/reschedule", {"at": "+30m"}, **key).body["id"] == first.body["id"]
    assert site.ask("GET", place).body["at"] == at
    told = site.ask("POST", f"{place}/reschedule", {"at": "soon"})
    assert told.status == 422 and "18:05, tomorrow 10:00" in told.body["errors"][0]["detail"]


def test_callbacks_are_listed_as_due_and_missed(site: JsonSite) -> None:
    found = promised(site)
    for hours, state in ((0.5, "due"), (2, "missed")):
        at = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
        site.ask("POST", f"/callbacks/{found['id']}/reschedule", {"at": at})
        assert [one["state"] for one in site.ask("GET", "/callbacks").body] == [state]
        assert len(site.ask("GET", f"/callbacks?state={state}").body) == 1
        assert site.ask("GET", "/callbacks?state=pending").body == []


def test_an_unknown_callback_or_agent_is_refused(site: JsonSite) -> None:
    assert site.ask("GET", "/callbacks/NONE").status == 404
    assert site.ask("POST", "/callbacks/NONE/cancel").status == 404
    assert site.ask("POST", "/agents/1000/dial", {"callback": "NONE"}).status == 404
    assert site.ask("GET", "/callbacks?state=late").status == 422
    assert site.ask("GET", "/callbacks?of=1000").status == 422
    found = promised(site)
    told = site.ask("POST", f"/callbacks/{found['id']}/take", {"agent": "nobody"})
    assert (told.status, told.body["errors"][0]["field"]) == (422, "agent")


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_a_time_that_cannot_be_told_is_not_taken(site: JsonSite, at: str) -> None:
    place = f"/callbacks/{promised(site)['id']}/reschedule"
    told = site.ask("POST", place, {"at": at})
    assert (told.status, told.body["errors"][0]["field"]) == (422, "at")
    assert site.ask("GET", "/callbacks").status == 200


@pytest.mark.parametrize("comments", ["\x1b[2J", "two\nlines", "a line ends\n", "\x7f", "\t"])
def test_comments_are_one_line_of_letters_and_signs(site: JsonSite, comments: str) -> None:
    site.ask("POST", f"/calls/{site.customer()}/hangup")
    said = {"at": TIME, "comments": comments}
    told = site.ask("POST", "/agents/1000/disposition", {"status": "CALLBK", "callback": said})
    assert (told.status, told.body["errors"][0]["field"]) == (422, "callback.comments")
    assert site.ask("POST", "/agents/1000/disposition", {"status": "CALLBK", "callback": {"at": TIME}}).status == 201
    [found] = site.ask("GET", "/callbacks").body
    assert site.ask("POST", f"/callbacks/{found['id']}/reschedule", said).status == 422


def known(site: JsonSite, **fields: str) -> int:
    """Return a lead of the campaign TESTCAMP with a name and the number of a customer."""
    options = {"campaign": "TESTCAMP", "country": "US", "custom_fields": "plan"}
    config.create(site.database, "list", "101", options, who="test")
    given = {"phone_number": "3125550177", "first_name": "Ada", "last_name": "Byron"}
    return leads.create(site.database, "101", given | fields, who="test")


def test_a_program_makes_one_for_a_lead_and_it_hangs_on_no_call(site: JsonSite) -> None:
    lead = known(site)
    given = {"lead": lead, "at": TIME, "agent": "1000", "comments": "after six", "status": "CALLBK"}
    told = site.ask("POST", "/callbacks", given, Idempotency_Key="k1")
    assert told.status == 201, told.body
    made = told.body
    assert told.headers["Location"] == f"/api/v1/callbacks/{made['id']}"
    assert (made["lead"], made["customer_name"], made["number"]) == (lead, "Ada Byron", "13125550177")
    assert (made["campaign"], made["agent"], made["call"], made["state"]) == ("TESTCAMP", "1000", "", "pending")
    assert (made["by"], made["status"], made["comments"]) == ("token:local", "CALLBK", "after six")
    assert site.ask("GET", f"/callbacks/{made['id']}").body == made
    assert site.ask("GET", f"/leads/{lead}").body["lead"]["status"] == "CBHOLD"
    again = site.ask("POST", "/callbacks", given, Idempotency_Key="k1")
    assert (again.status, again.body) == (201, made)
    assert site.ask("GET", "/callbacks?agent=1000").body == [made]


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"lead": 999}, 404, "lead"),
        ({"lead": "x"}, 422, "lead"),
        ({"at": "yesterday"}, 422, "at"),
        ({"agent": "9999"}, 404, "agent"),
        ({"campaign": "NONE"}, 404, "campaign"),
        ({"comments": "x" * 201}, 422, "comments"),
    ],
)
def test_one_for_a_lead_is_refused_with_the_field(
    site: JsonSite, changed: dict[str, Any], status: int, field: str
) -> None:
    told = site.ask("POST", "/callbacks", {"lead": known(site), "at": TIME} | changed)
    assert told.status == status, told.body
    assert told.body["errors"][0]["field"] == field
    assert site.ask("GET", "/callbacks").body == []


def test_one_for_a_lead_is_dialled_with_that_lead_although_another_has_the_number(site: JsonSite) -> None:
    lead = known(site)
    known_too = leads.create(site.database, "998", {"phone_number": "3125550177", "first_name": "Bo"}, who="test")
    made = site.ask("POST", "/callbacks", {"lead": lead, "at": TIME}).body
    site.ask("POST", "/agents/1000/pause")
    site.driver.asterisk.far_ends[made["number"]] = [(0.1, "answered")]
    assert site.ask("POST", "/agents/1000/dial", {"callback": made["id"]}).status == 201
    shown = site.ask("GET", "/agents/1000/lead").body
    assert (shown["lead"]["lead_id"], shown["lead"]["first_name"]) == (lead, "Ada") and lead != known_too


def test_a_promise_in_a_call_has_the_lead_of_the_call(site: JsonSite) -> None:
    lead = leads.create(site.database, "998", {"phone_number": "3125550100", "first_name": "Cy"}, who="test")
    call = site.customer()
    site.ask("POST", f"/calls/{call}/hangup")
    site.ask("POST", "/agents/1000/disposition", {"status": "CALLBK", "callback": {"at": TIME}})
    [found] = site.ask("GET", "/callbacks").body
    assert (found["call"], found["lead"], found["customer_name"]) == (call, lead, "Cy")
    assert rows_of(site, "SELECT lead FROM callback") == [(lead,)]


def test_a_lead_and_a_list_that_move_during_a_call_lose_nothing(site: JsonSite) -> None:
    """The call, its code and the promise are the lead's, wherever it is; the campaign is that of the agent."""
    lead = known(site, phone_number="3125550100", plan="gold")
    config.create(site.database, "campaign", "OTHER", {}, who="test")
    config.create(site.database, "list", "201", {"campaign": "OTHER", "country": "US"}, who="test")
    call = site.customer()
    assert site.ask("PATCH", f"/leads/{lead}", {"list_id": "201"}).status == 200
    config.set_options(site.database, "list", "101", {"campaign": "OTHER"}, who="test")
    assert site.ask("GET", "/agents/1000/lead").body["lead"]["lead_id"] == lead
    assert site.ask("POST", f"/calls/{call}/hangup").status == 201
    body = {"status": "CALLBK", "callback": {"at": TIME}, "notes": "after six"}
    assert site.ask("POST", "/agents/1000/disposition", body).status == 201
    site.driver.wait(1)
    now = leads.find(site.database, lead)
    assert (now["list_id"], now["status"], now["called_count"], now["user"]) == ("201", "CALLBK", 1, "1000")
    assert now["last_call"] and json.loads(now["custom_fields"]) == {"plan": "gold"}
    assert rows_of(site, "SELECT lead, campaign FROM callback") == [(lead, "TESTCAMP")]
    assert rows_of(site, "SELECT lead, status FROM call") == [(lead, "CALLBK")]
    assert rows_of(site, "SELECT notes FROM disposition_entry") == [("after six",)]
    config.set_options(site.database, "list", "201", {"custom_fields": "plan"}, who="test")
    assert site.ask("GET", f"/leads/{lead}").body["lead"]["custom_fields"] == {"plan": "gold"}


def test_all_open_ones_of_a_lead_are_removed_at_once(site: JsonSite) -> None:
    lead = known(site)
    made = [site.ask("POST", "/callbacks", {"lead": lead, "at": at}).body["id"] for at in (TIME, "2098-01-01T10:00")]
    found = callbacks.of_lead(site.database, lead, 0)
    assert [one.id for one in found] == made[::-1]
    other = leads.create(site.database, "101", {"phone_number": "3125550199"}, who="test")
    site.ask("POST", "/callbacks", {"lead": other, "at": TIME})
    assert [one["id"] for one in site.ask("GET", f"/callbacks?lead={lead}").body] == made[::-1]
    assert site.ask("GET", "/callbacks?lead=0").status == 422


def test_one_for_a_lead_is_taken_over_dialled_and_done(site: JsonSite) -> None:
    lead = known(site)
    made = site.ask("POST", "/callbacks", {"lead": lead, "at": "2020-01-02T10:00", "agent": "1001"}).body
    place = f"/callbacks/{made['id']}"
    site.ask("POST", "/agents/1000/pause")
    told = site.ask("POST", "/agents/1000/dial", {"callback": made["id"]})
    assert (told.status, told.body["code"]) == (409, "callback_of_another")
    assert site.ask("POST", f"{place}/take", {"agent": "1000"}).status == 201
    site.driver.asterisk.far_ends[made["number"]] = [(0.1, "up")]
    dialled = site.ask("POST", "/agents/1000/dial", {"callback": made["id"]})
    assert dialled.status == 201
    site.driver.wait(1)
    done = site.ask("GET", place).body
    assert (done["state"], done["agent"], done["done_in"]) == ("completed", "1000", dialled.body["call"])
    assert (done["lead"], done["customer_name"]) == (lead, "Ada Byron")
    assert rows_of(site, "SELECT lead FROM call ORDER BY arrived DESC LIMIT 1") == [(lead,)]


def rows_of(site: JsonSite, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(site.database)) as db:
        return db.execute(sql).fetchall()
