"""`warmline live` and `agent watch` after a login: they follow the app over HTTP, as far as the role reaches."""

import json

import pytest

from tests.cli.app import App
from tests.cli.calls.test_live_view import WITHIN, Watcher, started, watching
from tests.cli.far_app import log_in
from tests.wording.said import says
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config


def test_an_agent_watches_the_own_calls(app: App) -> None:
    log_in(app, "anna")
    driver = app.site.driver
    with watching(app, "agent", "watch") as watcher:
        assert watcher.line() == "1000  READY"
        assert watcher.after(driver.customer) == "1000  INCALL  talking  3125550100"
        assert watcher.after(lambda: driver.ask(Kind.PARK_CUSTOMER)) == "1000  PARK  parked  3125550100"
    code, out, err = app.run("agent", "watch", "1002")
    assert (code, out) == (5, "") and says(err, "agent_out_of_reach", what="agent 1002")


@pytest.mark.parametrize("words", [("live",), ("agent", "watch")])
def test_a_live_view_ends_with_the_session(app: App, words: tuple[str, ...]) -> None:
    log_in(app, "anna")
    process = started(*words, text=True)
    try:
        with app.site.turning():
            assert "READY" in Watcher(app, process).line()
            app.followed()
        config.set_options(app.site.database, "user", "anna", {"active": "N"}, who="test")
        app.site.forget()
        with app.site.turning():
            app.site.loop.call_soon_threadsafe(app.site.driver.ask, Kind.PAUSE)
            _, err = process.communicate(timeout=WITHIN)
        assert process.returncode == 5 and says(err, "session_ended", user="anna", url=app.site.url)
    finally:
        process.kill()
        process.communicate()


def test_live_shows_the_agents_of_a_role(app: App) -> None:
    driver = app.site.driver
    driver.customer("agent", "1000")
    for user, agents in (("anna", ["1000"]), ("ben", ["1000"]), ("mia", ["1000", "1002"])):
        log_in(app, user)
        floor = json.loads(app.done("live", "--once", "--json"))
        assert [agent["user"] for agent in floor["agents"]] == agents, user
        assert [call["agent"] for call in floor["calls"]] == ["1000"], user
