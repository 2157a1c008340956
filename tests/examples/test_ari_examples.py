"""ARI scripts of examples with parties without Asterisk; tests/scenarios/scripts has others on a real one."""

from pathlib import Path

import pytest

from tests.agi import own_scripts
from warmline.ari import DialOutcome, testing
from warmline.store.configuration import config
from warmline.store.leads import dnc
from warmline.store.leads.number_reads import SYSTEM_DNC


async def test_broadcast_informs_each_and_takes_two_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = testing.load(own_scripts.write(own_scripts.example("broadcast"), tmp_path / "broadcast"))
    db = testing.new_database(tmp_path / "warmline.db", ingroups=["SALESLINE"])
    config.create(db, "campaign", "SPRING", {}, who="test")
    async with testing.world(db=db, sounds=["our-message"]) as world:
        wants, annoyed, listens = (
            world.party(f"493055500{at}", keys={"our-message": key}) for at, key in enumerate(("1", "9", ""))
        )
        busy = world.party("4930555009", DialOutcome.BUSY)
        numbers = tmp_path / "numbers.txt"
        numbers.write_text("\n".join(party.number for party in (busy, wants, annoyed, listens)))
        await script.broadcast(["SPRING", str(numbers)])
    assert (wants.handed_over, annoyed.hung_up, listens.hung_up) == ("ingroup:SALESLINE", "script", "script")
    assert dnc.listed(db, annoyed.number) == SYSTEM_DNC and dnc.listed(db, listens.number) == ""
    assert dict(line.split(" ", 1) for line in capsys.readouterr().out.splitlines()) == {
        busy.number: "busy User busy",
        wants.number: "handed over",
        annoyed.number: "called no more",
        listens.number: "heard it",
    }
