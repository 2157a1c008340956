"""`warmline agent dial` and `warmline callback …`: customers whom agents dial."""

import json

from tests.cli.app import App
from tests.wording.said import said
from warmline.core.model.call_states import State
from warmline.store.leads import leads


def promised(app: App, *options: str) -> str:
    """Let agent 1000 promise a customer a callback; return its id."""
    app.site.customer()
    app.done("agent", "hangup", "1000")
    app.done("agent", "dispo", "1000", "CALLBK", "--callback", "2026-12-24 18:05", *options)
    [found] = json.loads(app.done("callback", "list", "--json"))
    return str(found["id"])


def test_dial_and_hang_up(app: App) -> None:
    assert "agent 1000: dials 5551234 (receipt " in app.done("agent", "dial", "1000", "5551234")
    assert app.site.driver.call().state is State.DIALING_OUT
    assert app.run("agent", "dial", "1000", "8500")[::2] == (5, "warmline: the agent is in a call\n")
    app.done("agent", "hangup", "1000")
    app.done("agent", "dispo", "1000", "NA")


def test_an_agent_previews_a_number_before_dialling_it(app: App) -> None:
    app.done("agent", "pause", "1000")
    assert app.done("agent", "preview", "1000", "5551234") == "agent 1000: looks at 5551234\n"
    assert app.done("agent", "skip", "1000") == "agent 1000: skips it\n"
    app.done("agent", "preview", "1000", "5551234")
    app.done("agent", "dial", "1000")
    assert app.site.driver.call().number == "5551234"


def test_an_agent_dials_a_lead(app: App) -> None:
    made = leads.create(app.site.database, "998", {"phone_number": "5551234"}, who="test")
    app.done("agent", "pause", "1000")
    assert app.done("agent", "preview", "1000", "--lead", str(made)) == f"agent 1000: looks at lead {made}\n"
    assert f"agent 1000: dials lead {made} (receipt " in app.done("agent", "dial", "1000", "--lead", str(made))
    assert (app.site.driver.call().number, app.site.driver.call().lead) == ("5551234", made)
    assert app.run("agent", "dial", "1000", "--lead", "77")[::2] == (3, f"warmline: {said('lead_unknown', lead=77)}\n")


def test_a_callback_is_promised_shown_put_off_and_cancelled(app: App) -> None:
    found = promised(app, "--mine", "--comments", "after six")
    assert "after six" in app.done("agent", "callbacks", "1000")
    assert app.done("agent", "callbacks", "1001") == "No callback is pending.\n"
    shown = json.loads(app.done("callback", "show", found, "--json"))
    assert (shown["agent"], shown["state"], shown["at"]) == ("1000", "pending", "2026-12-24T18:05:00.000000+00:00")
    people = app.done("callback", "show", found)
    assert "after six" in people and "+00:00" not in people and people.endswith("times: UTC\n")
    app.done("callback", "reschedule", found, "2026-12-27 09:00")
    assert "2026-12-27" in app.done("callback", "list")
    assert app.done("callback", "take", found, "--agent", "1001") == f"callback {found}: agent 1001 calls back\n"
    app.done("callback", "cancel", found)
    assert app.done("callback", "list") == "No callback is pending.\n"
    assert found in app.done("callback", "list", "--state", "cancelled")
    code, _, err = app.run("callback", "take", found, "--agent", "1001")
    assert (code, err) == (5, "warmline: the callback is cancelled already\n")
    assert app.run("callback", "show", "NONE")[::2] == (3, f"warmline: {said('callback_unknown', callback='NONE')}\n")


def test_an_own_callback_without_a_time_is_refused(app: App) -> None:
    code, _, err = app.run("agent", "dispo", "1000", "SALE", "--mine")
    assert code == 1 and said("callback_options_alone") in err and app.site.board.given == []


def test_a_callback_is_called(app: App) -> None:
    app.site.driver.asterisk.far_ends["3125550100"] = [(0.1, "up")]
    found = promised(app)
    app.done("agent", "pause", "1000")
    assert "agent 1000: calls back" in app.done("callback", "dial", found, "--agent", "1000")
    app.site.driver.wait(1)
    assert json.loads(app.done("callback", "show", found, "--json"))["state"] == "completed"
