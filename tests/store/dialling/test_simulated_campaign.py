"""A campaign with its records in virtual time, as `python -m tools.simulation.dialling` plays it."""

from pathlib import Path

from tests.leads.dialled_leads import FLORIDA, NOON, prepare, promised
from tools.simulation.dialling.campaign_simulation import NOT_REACHED, lines, simulate
from warmline.store.leads import dnc
from warmline.store.leads.lead_import import LeadImport

HOUR = 3_600_000_000
AUTOMATIC = {"dial_method": "PREDICTIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry"}


def test_each_lead_is_dialled_once_or_has_its_reason(db: Path) -> None:
    prepare(db, **AUTOMATIC)
    numbers = [f"{FLORIDA}555{1000 + n}" for n in range(600)] + [f"808555{1000 + n}" for n in range(20)]
    (file := db.with_name("leads.csv")).write_text("\n".join(["phone_number", *numbers]))
    assert LeadImport(file, str(db), "101", "test").run().imported == len(numbers)
    dnc.add(db, f"+1{FLORIDA}5551000", who="test")
    promised(db, NOON + HOUR // 2)  # without a lead
    found = simulate(str(db), "SALES", 1, 1, NOON)
    dialled = found.supply.dialled.total()
    assert 30 < dialled == found.result.dials and found.supply.callbacks == 1
    assert {why: leads for (_, why), leads in found.not_dialled.items()} == {
        "on a do-not-call list": 1,
        "outside its hours": 20,  # it is 7:00 in Hawaii
        NOT_REACHED: 599 - (dialled - 1),
    }
    assert 0.2 < found.result.talk_share() < 0.9 and found.result.drop_rate() <= 0.1
    assert "answered: 20.0 %, after 9 s (assumed)" in [*lines(found)]
