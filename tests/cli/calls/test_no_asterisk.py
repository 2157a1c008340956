"""While Asterisk is away, the output says that it is old; and it names the agent that a caller waits for."""

import pytest

from tests.cli.app import App
from tests.wording.said import said, says
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind


@pytest.mark.parametrize("words", [("agent", "status"), ("call", "list")])
def test_a_list_says_that_asterisk_is_away(app: App, words: tuple[str, ...]) -> None:
    app.site.board.connected, app.site.board.lost_at = False, 1_700_000_000_000_000
    code, out, err = app.run(*words)
    assert code == 4 and says(err, "asterisk_lost")
    assert out
    assert app.run(*words, "--json")[0] == 4
    app.site.board.lost_at = 0
    assert said("asterisk_not_seen") in app.run(*words)[2]
    app.site.board.connected = True
    assert app.done(*words)


def test_the_call_list_names_the_agent_that_a_caller_waits_for(app: App) -> None:
    lab = app.site.driver
    lab.ask(Kind.PAUSE)
    lab.customer("agent", "1000")
    assert "AGENTDIRECT for 1000" in app.done("call", "list")


def test_an_agent_without_a_phone_is_shown_so(app: App) -> None:
    app.site.driver.ask(Kind.RESUME)
    app.site.driver.feed(ev.PhoneUnreachable("1000"))
    assert "NO PHONE" in app.done("agent", "status")


def test_an_order_to_an_agent_who_does_not_exist_says_so(app: App) -> None:
    code, _, err = app.run("agent", "hold", "1999")
    assert code == 3 and "agent '1999' does not exist" in err


def test_the_history_of_an_agent_who_does_not_exist_is_an_error(app: App) -> None:
    code, _, err = app.run("history", "4711")
    assert code == 3 and "agent '4711' does not exist" in err
