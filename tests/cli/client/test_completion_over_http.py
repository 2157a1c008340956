"""The Tab key after a login: it offers what the person may read at the app."""

import pytest

from tests.cli.app import App
from tests.cli.far_app import log_in
from warmline.store.configuration import config


def offered(app: App, *words: str) -> list[str]:
    """Return the completions that bash gets for the last of these words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("_WARMLINE_COMPLETE", "complete_bash")
        patch.setenv("COMP_WORDS", "\n".join(["warmline", *words]))
        patch.setenv("COMP_CWORD", str(len(words)))
        return app.done().split()


def test_a_manager_is_offered_names_and_ids(app: App) -> None:
    log_in(app, "mia")
    assert offered(app, "campaign", "show", "TESTC") == ["TESTCAMP"]
    assert {"1000", "1002"} <= set(offered(app, "agent", "pause", ""))
    assert offered(app, "agent", "create", "1050", "campaign=TESTC") == ["campaign=TESTCAMP"]
    assert offered(app, "agent", "dispo", "1000", "SA") == ["SALE"]
    assert len(offered(app, "config", "show", "")) > 1
    call = app.site.customer()
    assert call in offered(app, "recording", "save", "")


def test_an_agent_is_offered_codes_in_place_of_agents(app: App) -> None:
    log_in(app, "anna")
    assert offered(app, "agent", "dispo", "SA") == ["SALE"]
    assert offered(app, "agent", "dispo", "1000", "SA") == ["SALE"]
    assert offered(app, "campaign", "show", "") == [], "an agent may not read the configuration"


def test_a_supervisor_is_offered_agents(app: App) -> None:
    config.set_options(app.site.database, "user", "ben", {"agent": "1001"}, who="test")
    log_in(app, "ben")
    assert "1000" in offered(app, "agent", "listen", "")


def test_nothing_is_offered_if_the_app_does_not_answer(app: App) -> None:
    log_in(app, "mia")
    app.site.stop()
    try:
        assert offered(app, "campaign", "show", "") == []
    finally:
        app.site.start()
