"""`warmline doctor orphans --end` ends an orphan on the server that has it."""

from typing import Any

import pytest

from cli.client import ari_console
from cli.doctor import doctor
from warmline.centre import app_client
from warmline.centre.app_answer import AppAway
from warmline.system import server_settings, settings
from warmline.system.settings import Settings

KNOWN = {"main": 404, "b": 0, "c": 204}  # b does not answer


def test_an_orphan_is_ended_where_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[tuple[str, str]] = []

    def ask(_: Settings, method: str, path: str, server: str = "main") -> tuple[int, Any]:
        asked.append((server, f"{method} {path}"))
        if not KNOWN[server]:
            raise AppAway("asterisk_away", "Asterisk does not answer")
        return KNOWN[server], None

    left = iter([{"channels": ["c-1.9"], "bridges": []}, {"channels": [], "bridges": []}])
    others = server_settings.read({name: {"ari_url": f"http://{name}/ari"} for name in ("b", "c")}, "file", {}, "")
    monkeypatch.setattr(settings, "load", lambda: settings.Settings(**settings.DEFAULTS, servers=others))
    monkeypatch.setattr(app_client, "get", lambda *_: next(left))
    monkeypatch.setattr(ari_console, "ask", ask)
    doctor.orphans(end=True)
    assert asked == [(name, "DELETE channels/c-1.9") for name in KNOWN]
    assert "channel c-1.9 has been ended" in capsys.readouterr().err
