"""A script of one's own in a real Asterisk, called over SIP, as a process and over FastAGI."""

import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.agi.conftest import World
from tests.agi.test_dialplan import only_note, wait_in_log
from warmline.agi import (
    AGI,
    Digits,
    add_dnc,
    enter_ingroup,
    fastagi_server,
    find_leads,
    make_callback,
    read_data,
    say,
    update_lead,
    write_data,
)
from warmline.store.agi import callback_notes
from warmline.store.database.database import connect
from warmline.store.leads import dnc, leads, list_change

NUMBER = "5557654321"
CALLER = f"<sip:{NUMBER}@127.0.0.1>"


def own_script(agi: AGI) -> None:
    """Use every word of the library."""
    agi.answer()
    key = say(agi, "agent-pass", 12, Digits("34"), "beep", "agent-incorrect", keys="5")
    write_data(agi, {"key": key, "said": 'a "b" (c) ${SHELL(id)}, é'})
    number = agi.env["agi_callerid"]
    for lead in find_leads(number):
        update_lead(lead["lead_id"], comments=read_data(agi, "said"))
    add_dnc(number, why="asked for it")
    make_callback(number, "+2h", ingroup="SALESLINE", comments=key)
    enter_ingroup(agi, "SALESLINE")


ROOT = Path(__file__).parents[2]
SCRIPT = f"""\
#!{sys.executable}
import sys

sys.path.insert(0, {str(ROOT)!r})
from tests.agi.test_own_scripts_called import own_script
from warmline.agi import run

run(own_script)
"""


@contextmanager
def serve_script(world: World, interface: str) -> Iterator[str]:
    """Return what AGI() gets: the path of a script, or a URL."""
    if interface == "script":
        file = world.pbx.folder / "agi" / "own"
        file.write_text(
            SCRIPT.replace("\nfrom tests", f"\nimport sys\n\nsys.path.insert(0, {str(ROOT)!r})\nfrom tests")
        )
        file.chmod(0o755)
        yield "own"
        file.unlink()
        return
    with fastagi_server.open_server("127.0.0.1:0", {"own": (own_script, ())}) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"agi://127.0.0.1:{server.server_address[1]}/own"
        server.shutdown()


@pytest.mark.parametrize("interface", ["script", "FastAGI"])
def test_a_call_goes_through_a_script_of_ones_own(
    world: World, interface: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = world.pbx.folder.parent / "warmline.db"
    monkeypatch.setenv("WARMLINE_DB", str(database))
    monkeypatch.setenv("WARMLINE_SPOOL", str(world.spool))
    with closing(connect(database)) as db:
        db.execute("INSERT OR IGNORE INTO list (id) VALUES ('CUSTOMERS')")
        db.execute("DELETE FROM dnc")
    lead = leads.create(database, "CUSTOMERS", {"phone_number": NUMBER}, who="test")
    log_length = len(world.pbx.log)
    with serve_script(world, interface) as script:
        world.pbx.console(f"dialplan set global OWN {script}")
        with world.call("7800", CALLER) as caller:
            caller.answered()
            wait_in_log(world, log_length, "Playing 'agent-pass")
            caller.press("5")
            with world.away() as agi:
                assert agi.get_variable("WARMLINE_REASON") == "the application is away"
                assert agi.get_variable("WARMLINE_DATA_key") == "5"
                value = agi.get_variable("WARMLINE_DATA_said")
    assert value == 'a "b" (c) ${SHELL(id)}, é' == leads.find(database, lead)["comments"]
    assert [row["why"] for row in dnc.find(database, NUMBER)] == ["asked for it"]
    [note] = callback_notes.read_all(world.spool, pytest.fail)
    assert (note.number, note.ingroup, note.comments) == (NUMBER, "SALESLINE", "5")
    callback_notes.remove(world.spool, note.id)
    assert only_note(world).reason == "the application is away"
    list_change.delete_one(database, lead, who="test")
