"""`warmline server`: the list of Asterisk servers, and the drain of one of several."""

import json

from cli.calls import live
from cli.output.exit_codes import ExitCode
from tests.cli.app import App
from tests.http.v1.test_json_servers import several

SERVERS = (
    {"name": "main", "draining": True},
    {"name": "b", "connected": False},
    {"name": "c", "connected": False, "lost": True, "calls": 0},
)


def rows(app: App) -> list[list[str]]:
    head, *found, zone = app.done("server", "list").splitlines()
    assert zone.startswith("times")
    assert head.split() == ["server", "state", "since", "drain", "weight", "calls", "legs"]
    return [row.split() for row in found]


def test_a_single_server_has_one_row(app: App) -> None:
    [[name, state, *_]] = rows(app)
    assert (name, state) == ("main", "connected")


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


def test_the_live_view_has_a_line_of_several_servers(app: App) -> None:
    one = app.done("live", "--once")
    assert "servers:" not in one and "servers" not in json.loads(app.done("live", "--once", "--json"))
    several(app.site)
    app.done("server", "drain", "main")
    assert len(json.loads(app.done("live", "--once", "--json"))["servers"]) == 2
    assert app.done("live", "--once").splitlines()[0] == "servers: main drains (0 calls), b is lost (0 calls)"
    servers = [{"calls": 1, "lost": False, "draining": False, "connected": True} | fields for fields in SERVERS]
    found = {"ingroups": [], "agents": [], "calls": [], "today": {}, "servers": servers}
    assert live._servers(found) == ["servers: main drains (1 call), b is away (1 call), c is lost (0 calls)"]
