"""`warmline server`: the drain of one of several Asterisk servers."""

import json

from cli.output.exit_codes import ExitCode
from tests.cli.app import App
from tests.http.v1.test_json_servers import several


def rows(app: App) -> list[list[str]]:
    head, *found, zone = app.done("server", "list").splitlines()
    assert zone.startswith("times")
    assert head.split() == ["server", "state", "since", "drain", "weight", "calls", "legs"]
    return [row.split() for row in found]


def test_a_server_drains_and_takes_calls_again(app: App) -> None:
    several(app.site)
    assert app.done("server", "drain", "b") == "server b takes no new calls; its calls go on\n"
    main, other = rows(app)
    assert main[1] == "connected" and "drains," not in main
    assert other[:2] == ["b", "lost"] and "drains," in other
    assert json.loads(app.done("server", "list", "--json")) == app.site.ask("GET", "/servers").body
    assert json.loads(app.done("server", "resume", "b", "--json"))["kind"] == "SERVER_RESUME"
    assert "drains," not in rows(app)[1]


def test_an_unknown_server_is_named_with_the_known_ones(app: App) -> None:
    several(app.site)
    code, out, err = app.run("server", "drain", "c")
    assert (code, out) == (ExitCode.NOT_FOUND, "") and "server 'c' does not exist; there are: b, main" in err
