"""`warmline doctor sounds`: each sound file that an option names, and that Asterisk does not have."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.copied_database import new_database
from warmline.store.configuration import config

CORE = ("beep", "vm-goodbye", "queue-thankyou", "vm-nobodyavail", "vm-press", "digits/1")
ASKED = "/ari/asterisk/variable?variable=ASTDATADIR"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return Asterisk's data with the default prompts in English, and one file in no language's folder."""
    for name in CORE:
        (tmp_path / "data/sounds/en" / name).with_suffix(".gsm").parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data/sounds/en" / f"{name}.gsm").touch()
    (tmp_path / "data/sounds/ours").mkdir()
    (tmp_path / "data/sounds/ours/hello.wav").touch()
    return tmp_path / "data"


@pytest.fixture
def run(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Iterator[Run]:
    """Run a command line beside an Asterisk that says where its data are: exit code, stdout, stderr."""

    class Asterisk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == ASKED and self.headers["Authorization"] else 404)
            self.end_headers()
            self.wfile.write(json.dumps({"value": str(data)}).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "warmline.db"))
    new_database(tmp_path / "warmline.db")

    with HTTPServer(("127.0.0.1", 0), Asterisk) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("WARMLINE_ARI_URL", f"http://127.0.0.1:{server.server_port}/ari")
        yield run
        server.shutdown()


def test_each_missing_file_is_named_with_its_option(run: Run, tmp_path: Path) -> None:
    options = {
        "welcome_message_filename": "ours/hello|ours/helo|vm-goodbye",
        "no_agent_action_value": "vm-nobodyavail|away",
        "drop_message": "gone",
    }
    config.create(tmp_path / "warmline.db", "ingroup", "SALES", options, who="ada")
    config.create(tmp_path / "warmline.db", "campaign", "SPRING", {"safe_harbor_audio": "sorry"}, who="ada")
    code, out, _ = run("doctor", "sounds", "--json")
    found = {(one["name"], one["option"], one["file"]) for one in json.loads(out)}
    assert code == 1
    assert found == {
        ("SALES", "welcome_message_filename", "ours/helo"),
        ("SALES", "no_agent_action_value", "away"),
        ("SALES", "drop_message", "gone"),
        ("SPRING", "safe_harbor_audio", "sorry"),
    }
    config.set_options(tmp_path / "warmline.db", "ingroup", "SALES", {"no_agent_action": "HANGUP"}, who="ada")
    code, out, _ = run("doctor", "sounds")
    assert code == 1 and "ours/helo" in out and "away" not in out
