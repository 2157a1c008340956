"""The orders of leads over cells, the shares of lists, and the filter."""

from pathlib import Path

import pytest

from tests.leads.dialled_leads import CALIFORNIA, FLORIDA, NOON, TEXAS, add, chosen, prepare, writing
from warmline.store.configuration import config
from warmline.store.database.reading import reading
from warmline.store.dialling import dial_plan, hopper_counts, lead_explanation
from warmline.store.leads import leads

# area, rank, called_count, last_call, owner of five leads
LEADS = (
    (FLORIDA, 1, 2, 500, "bo"),
    (CALIFORNIA, 9, 0, None, ""),
    (TEXAS, 1, 2, 300, "b"),
    (FLORIDA, 5, 0, None, "ann"),
    (CALIFORNIA, 1, 7, 900, "b"),
)
ORDERS = {
    "DOWN": "01234",
    "UP": "43210",
    "DOWN RANK": "02431",
    "UP RANK": "13024",
    "DOWN COUNT": "13024",
    "UP COUNT": "40213",
    "DOWN LAST CALL TIME": "13204",
    "UP LAST CALL TIME": "40213",
    "DOWN OWNER": "13240",
    "UP OWNER": "02431",
    "DOWN TIMEZONE": "14203",
    "UP TIMEZONE": "03214",
}
NEWEST = {
    "DOWN": "01234",
    "DOWN RANK": "42031",
    "UP RANK": "13420",
    "DOWN COUNT": "31204",
    "UP COUNT": "42031",
    "UP OWNER": "04231",
    "UP TIMEZONE": "30241",
}


def five(db: Path, **options: str) -> list[int]:
    """Make five leads that differ in everything that an order looks at."""
    prepare(db, **options)
    made = [add(db, f"{area}5550{100 + place}") for place, (area, *_) in enumerate(LEADS)]
    with writing(db) as opened:
        for lead, (_, *values) in zip(made, LEADS, strict=True):
            opened.execute(
                "UPDATE lead SET rank = ?, called_count = ?, last_call = ?, owner = ? WHERE lead_id = ?",
                [*values, lead],
            )
    return made


@pytest.mark.parametrize("secondary, orders", [("LEAD_ASCEND", ORDERS), ("LEAD_DESCEND", NEWEST)])
def test_the_leads_of_all_cells_come_in_the_order(db: Path, secondary: str, orders: dict[str, str]) -> None:
    made = five(db, lead_order_secondary=secondary)
    for order, places in orders.items():
        config.set_options(db, "campaign", "SALES", {"lead_order": order}, who="test")
        expected = [made[int(place)] for place in places]
        assert chosen(db) == expected, order
        assert chosen(db, wanted=2) == expected[:2], order


def test_lists_with_a_weight_get_their_shares_and_the_rest_comes_after(db: Path) -> None:
    prepare(db)
    for name, weight in (("102", "30"), ("103", "10"), ("104", "0")):
        config.create(db, "list", name, {"campaign": "SALES", "country": "US", "list_weight": weight}, who="test")
    made = {
        add(db, f"305{name[-1]}55{1000 + place}", name): name for place in range(60) for name in ("102", "103", "104")
    }
    drawn = [made[lead] for lead in chosen(db, wanted=50, start=NOON)]
    assert 30 <= drawn.count("102") <= 45 and 5 <= drawn.count("103") <= 20 and "104" not in drawn
    assert drawn == [made[lead] for lead in chosen(db, wanted=50, start=NOON)]
    others = [made[lead] for lead in chosen(db, wanted=200, start=NOON)]
    assert others[-60:] == ["104"] * 60, "a list without a weight comes when the others are empty"


@pytest.mark.parametrize(
    "text, places",
    [
        ("", "01234"),
        ("rank>=5", "13"),
        ("rank=1|9 and called_count<7", "012"),
        ("rank!=1", "13"),
        ("rank=5 or called_count>=7 and owner=b", "34"),
        ("(rank=5 or called_count>=7) and owner!=b", "3"),
        ("owner=B", "24"),
        ("owner=b*", "024"),
        ("owner!=", "0234"),
        ("owner=", "1"),
        ("phone_number=305*|214*  AND owner != bo", "23"),
    ],
)
def test_a_filter_leaves_leads_out(db: Path, text: str, places: str) -> None:
    made = five(db, lead_filter=text)
    assert chosen(db) == [made[int(place)] for place in places]
    for place, lead in enumerate(made):
        answers = {rule.rule: rule.why for rule in lead_explanation.explain(db, lead, NOON).main.rules}
        out = "" if str(place) in places else f"lead_filter leaves lead {lead} out"
        assert answers["lead filter"] == out
    with reading(db) as opened:
        counts = hopper_counts.count(opened, dial_plan.load(opened, "SALES"), NOON)
    assert {one.why: one.leads for one in counts}.get("left out by lead_filter", 0) == 5 - len(places)


def test_a_value_of_a_filter_is_never_sql(db: Path) -> None:
    five(db, lead_filter="owner=\"x' OR '1'='1\"")
    assert chosen(db) == []
    assert leads.page(db, "101", most=9)
