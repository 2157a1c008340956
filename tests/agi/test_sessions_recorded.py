"""A script is recorded in a call on a real Asterisk, and its session is played afterwards."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.agi import own_scripts
from tests.agi.conftest import World
from tests.agi.test_dialplan import wait_in_log
from tests.internals.scripts import session_file, session_player
from warmline.agi import AGI, fastagi_server

WARMLINE = Path(sys.executable).with_name("warmline")
SCRIPT = """\
#!/opt/warmline/.venv/bin/python
from warmline.agi import AGI, enter_ingroup, run, write_data


def gate(agi: AGI, what: str) -> None:
    agi.answer()
    pin = agi.get_data("agent-pass", 5000, 6)
    write_data(agi, {"what": what, "length": len(pin)})
    agi.set_variable("LINES", agi.get_variable("URIDECODE(a%29%0A200 result=1 %28b)") == "a)\\n200 result=1 (b")
    agi.set_variable("USER_PIN", pin)
    enter_ingroup(agi, "SALESLINE")


run(gate, "WHAT")
"""


def gate(agi: AGI, direction: str) -> None:
    """Do what the script does, in this process."""
    agi.answer()
    agi.set_variable("LINES", agi.get_variable("URIDECODE(a%29%0A200 result=1 %28b)") == "a)\n200 result=1 (b")
    agi.set_variable("WARMLINE_DATA_what", direction)
    agi.set_variable("USER_PIN", agi.get_data("agent-pass", 5000, 6))


@contextmanager
def serve_recorder(world: World, interface: str) -> Iterator[str]:
    """Return what the recorder gets: the name of a script, or a URL."""
    if interface == "script":
        own_scripts.write(SCRIPT, world.pbx.folder / "agi" / "gate")
        yield "gate"
        return
    with fastagi_server.open_server("127.0.0.1:0", {"gate": (gate, ("WHAT",))}) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"agi://127.0.0.1:{server.server_address[1]}/gate"
        server.shutdown()


@pytest.mark.parametrize("interface", ["script", "FastAGI"])
def test_a_call_is_recorded_without_its_pin_and_played(
    world: World, interface: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARMLINE_DB", str(world.pbx.folder.parent / "warmline.db"))
    file = tmp_path / "gate.session"
    log_length = len(world.pbx.log)
    with serve_recorder(world, interface) as script:
        world.pbx.console(f"dialplan set global OWN {WARMLINE},own-script,record,--,{file},{script},a%2Cb")
        with world.call("7800") as caller:
            caller.answered()
            wait_in_log(world, log_length, "Playing 'agent-pass")
            caller.press("2468#")
            with world.away() as agi:
                assert agi.get_variable("WARMLINE_DATA_what") == "a,b"
                assert agi.get_variable("USER_PIN") == "2468"
        text = file.read_text()
        assert '"LINES" "True"' in text and "warmline-mark" not in text
        assert "2468" not in text and "< 200 result=0000\n" in text and "# masked: " in text
        script_path = script if interface == "FastAGI" else str(world.pbx.folder / "agi" / script)
        assert session_player.play(session_file.read_steps(file), script_path, os.environ).difference is None
