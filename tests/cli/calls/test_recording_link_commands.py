"""`warmline recording link|unlink`, on the machine of the app and after a login; the links play without a login."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App
from tests.cli.calls.test_recording_commands import AUDIO, near, recorded
from tests.cli.far_app import far_app, log_in
from tests.wording.said import says
from warmline.store.configuration import config
from warmline.store.database import link_key

__all__ = ["near"]  # a fixture


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Administrators and programs may make links of up to 2 days."""
    (tmp_path / "recordings").mkdir()
    with far_app(demo_database, tmp_path, capsys) as made, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        switch(made, "admin")
        yield made


def switch(app: App, makers: str) -> None:
    options = {"recording_links": makers, "recording_link_days": "2"}
    config.set_options(app.site.database, "setting", "warmline", options, who="test")


def made(app: App, *words: str) -> str:
    """Return the link that the command prints; beside it is a sentence for people."""
    code, out, err = app.run("recording", "link", *words)
    assert code == 0 and out.count("\n") == 1 and "the next line plays it until" in err
    return out.strip()


def played(app: App, url: str) -> int:
    """Return the status of a link at the app, for a browser without a login."""

    async def got() -> int:
        async with app.site.client.get(url[url.index("/r/") :]) as answer:
            assert answer.status != 200 or await answer.read() == AUDIO
            return int(answer.status)

    return app.site.do(got())


def test_a_link_plays_until_it_is_ended(app: App) -> None:
    call = recorded(app, "1000", "kept", "erased")
    log_in(app, "ada")
    url = made(app, call[:20], "--days", "1")
    assert url.startswith(f"{app.site.url}/r/1000_{call}-1/1000_1.wav?until=") and played(app, url) == 200
    [told] = json.loads(app.done("recording", "link", call, "--json"))
    assert told["recording"] == f"1000_{call}-1" and played(app, told["url"]) == 200
    assert app.done("recording", "unlink", call).splitlines()[0] == f"the links to recording 1000_{call}-1 have ended"
    assert played(app, url) == 410
    later = made(app, call)
    assert played(app, later) == 200
    assert app.done("recording", "unlink", "--all") == "the links to all recordings have ended\n"
    assert played(app, later) == 404


@pytest.mark.usefixtures("near")
def test_the_administrator_of_the_machine_makes_and_ends_links_too(app: App) -> None:
    call = recorded(app, "1000", "kept")
    [told] = json.loads(app.done("recording", "link", call, "--json"))
    assert "by=local%3A" in told["url"] and played(app, told["url"]) == 200
    assert json.loads(app.done("recording", "unlink", call, "--json")) == {"recordings": [f"1000_{call}-1"]}
    assert played(app, told["url"]) == 410
    [again] = json.loads(app.done("recording", "link", call, "--json"))
    switch(app, "api")
    assert played(app, again["url"]) == 410, "the links of administrators are switched off"


def test_a_role_without_links_is_refused_with_the_way_to_switch_them_on(app: App, near: pytest.MonkeyPatch) -> None:
    call = recorded(app, "1000", "kept")
    switch(app, "")
    code, out, err = app.run("recording", "link", call)
    assert (code, out) == (5, "") and says(err, "recording_links_off")
    for name in ("DB", "RUN", "RECORDINGS"):
        near.delenv(f"WARMLINE_{name}")
    log_in(app, "ada")
    code, out, err = app.run("recording", "link", call)
    assert (code, out) == (5, "") and says(err, "recording_links_off", client="user:ada")
    assert not link_key.file(app.site.database).exists()


def test_no_link_is_valid_longer_than_the_setting_allows(app: App, near: pytest.MonkeyPatch) -> None:
    call = recorded(app, "1000", "kept")
    here = app.run("recording", "link", call, "--days", "3")
    assert here[0] == 5 and says(here[2], "recording_link_days", most=2)
    for name in ("DB", "RUN", "RECORDINGS"):
        near.delenv(f"WARMLINE_{name}")
    log_in(app, "ada")
    code, _, err = app.run("recording", "link", call, "--days", "3")
    assert code == 1 and says(err, "recording_link_days", most=2)
    for days in ("0", "8"):
        assert app.run("recording", "link", call, "--days", days)[0] == 1


def test_a_command_that_names_nothing_ends_no_link(app: App) -> None:
    log_in(app, "ada")
    for words in ((), ("CALL", "--all")):
        code, _, err = app.run("recording", "unlink", *words)
        assert code == 1 and says(err, "links_not_named")
    assert app.run("recording", "unlink", "01ZZZZZZZZ")[0] == 3
    log_in(app, "mia")
    assert app.run("recording", "unlink", "--all")[0] == 5, "this takes an administrator"
