"""A single new lead that is known already: refused, updated or created, in one transaction with the insert."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.copied_database import new_database
from tests.wording.said import refused
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.leads import leads, list_change
from warmline.store.leads.duplicate_leads import NewLeadRule

ADA = {"phone_number": "7275551212", "first_name": "Ada", "vendor_lead_code": "V1"}
DAY_AGO = "UPDATE lead SET entry_date = entry_date - 90000000000"


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "warmline.db")
    new_database(path)
    for campaign, lists in (("SALES", ("101", "102")), ("OTHER", ("201",))):
        config.create(path, "campaign", campaign, {}, who="test")
        for one in lists:
            config.create(path, "list", one, {"campaign": campaign}, who="test")
    return path


def put(db: str, list_id: str, given: dict[str, str], rule: NewLeadRule) -> leads.LeadOutcome:
    return leads.put(db, list_id, given, who="crm", rule=rule)


@pytest.mark.parametrize(
    ("where", "into", "did"),
    [
        ("list", "101", "refused"),
        ("list", "102", "created"),
        ("campaign", "102", "refused"),
        ("campaign", "201", "created"),
        ("system", "201", "refused"),
    ],
)
def test_a_known_lead_counts_in_its_scope(db: str, where: str, into: str, did: str) -> None:
    known = leads.create(db, "101", ADA, who="test")
    for given in (
        {"phone_number": "17275551212"},
        {"phone_number": "7275550000", "vendor_lead_code": "V1"},
    ):
        done = put(db, into, given, NewLeadRule("refuse", where))  # type: ignore[arg-type]
        assert (done.did, done.lead == known) == (did, did == "refused")
        if done.lead != known:
            list_change.delete_one(db, done.lead, who="test")


def test_a_known_lead_is_updated_with_the_given_fields_and_stays_in_its_list(db: str) -> None:
    known = leads.create(db, "101", ADA, who="test")
    done = put(db, "102", {"phone_number": "7275551212", "last_name": "Byron"}, NewLeadRule("update", "campaign"))
    assert done[:3] == (known, "updated", 1)
    row = leads.find(db, known)
    assert (row["list_id"], row["first_name"], row["last_name"]) == ("101", "Ada", "Byron")
    assert put(db, "101", ADA, NewLeadRule()).did == "created", "the usual rule"


def test_an_old_lead_does_not_count_with_days(db: str) -> None:
    known = leads.create(db, "101", ADA, who="test")
    with connect(db) as connection:
        connection.execute(DAY_AGO)
    assert put(db, "101", ADA, NewLeadRule("refuse", days=2)).lead == known
    assert put(db, "101", ADA, NewLeadRule("refuse", days=1)).did == "created"


def test_only_the_groups_of_fields_count_that_the_rule_names(db: str) -> None:
    title = {"title": "Dr", "alt_phone": "7275550001", "email": "ada@example.org", "phone_number": "7275550002"}
    known = leads.create(db, "101", title, who="test")
    other = {"phone_number": "7275550003", "alt_phone": "7275550001"}
    by_title = NewLeadRule("refuse", same=(("alt_phone", "title"),))
    assert put(db, "101", other, by_title).did == "created"
    assert put(db, "101", other | {"title": "Dr"}, by_title)[:3] == (known, "refused", 0)
    assert put(db, "101", other, NewLeadRule("refuse", same=(("vendor_lead_code",),))).did == "created", "it is empty"
    number = NewLeadRule("refuse", same=(("alt_phone=phone_number",),))
    assert put(db, "101", {"phone_number": "7275550001"}, number).did == "refused"
    email = NewLeadRule("refuse", same=(("email",),))
    assert put(db, "101", {"phone_number": "7275550009", "email": "ada@example.org"}, email).lead == known
    with refused(OptionError, "duplicate_fields_unusable"):
        put(db, "101", title, NewLeadRule("refuse", same=(("last_name",),)))


def test_leads_of_campaigns_that_the_client_does_not_see_do_not_count(db: str) -> None:
    known = leads.create(db, "201", ADA, who="test")
    rule, bound = NewLeadRule("update", "system"), VisibleCampaigns(frozenset({"SALES"}))
    done = leads.put(db, "101", ADA | {"city": "Rome"}, who="crm", rule=rule, campaigns=bound)
    assert done.did == "created" and done.lead != known and leads.find(db, known)["city"] == ""


def test_two_requests_at_once_make_one_lead(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2)

    def at_once(_: int) -> leads.LeadOutcome:
        both.wait(10)
        return put(db, "101", ADA, NewLeadRule("refuse"))

    with ThreadPoolExecutor(2) as threads:
        assert sorted(one.did for one in threads.map(at_once, range(2))) == ["created", "refused"]
    assert len(leads.page(db)) == 1
