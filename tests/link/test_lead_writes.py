"""Writes of single leads: a hostile API process writes only what the token of a client allows, in the client's name."""

import asyncio
from pathlib import Path

import pytest

from ari_app.link.command_rights import Client, ClientUnknown
from ari_app.records.checked_clients import CheckedClients
from ari_app.records.checked_records import CheckedRecords
from ari_app.records.record_writes import CreateLead, DeleteLead, RecordThreads, RecordWrite, UpdateLead
from ari_app.records.write_results import NOT_ON_SCREEN, WriteRefused
from tests.link.test_bound_commands import BOUND, OTHER, OWN, bound
from tests.link.test_checked_clients import database, known, token_of
from tests.wording.said import refused
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.rules.configuration import Campaign, Rules
from warmline.core.world.world import World
from warmline.store.configuration import config, token_holder
from warmline.store.configuration.api_users import ApiUser
from warmline.store.leads import leads
from warmline.store.leads.duplicate_leads import NewLeadRule
from warmline.store.leads.leads import LeadOutcome

assert database and known and bound  # the fixtures
ADA = {"phone_number": "7275551212", "first_name": "Ada"}
EVERYBODY = (*BOUND, "anna", "mia", "writer", "reader", "caller", "all")
WRITERS = ("kim", "mia", "all")  # with the scope leads:write


async def no_talk(channel: str) -> str:
    """Return that there is no conversation."""
    return f"there is no {channel}"


@pytest.fixture
def stored(bound: Path) -> dict[str, int]:
    """Return the lead of each campaign's list."""
    made = {}
    for campaign, name in ((OWN, "201"), (OTHER, "202")):
        config.create(bound, "list", name, {"campaign": campaign}, who="test")
        made[campaign] = leads.create(bound, name, ADA, who="test")
    return made


def written(
    path: Path, wanted: RecordWrite, name: str, client: Client | None = None, rules: Rules | None = None
) -> LeadOutcome:
    """Write as the API process asks for it, with the token of a client. Raises what the call process raises."""

    async def find(token: str) -> Client | None:
        return client or token_holder.of_token(path, token)

    world = World()
    world.rules = rules or world.rules
    known = CheckedClients(find, no_talk, lambda: world, str(path), str(path.parent))
    threads = RecordThreads(str(path))
    try:
        token = name if client else token_of(path, name)
        return asyncio.run(CheckedRecords(threads, known, str(path)).write(wanted, token))
    finally:
        threads.close()


def may(path: Path, wanted: RecordWrite, name: str, client: Client | None = None, rules: Rules | None = None) -> bool:
    """Return whether the call process writes for the client."""
    try:
        written(path, wanted, name, client, rules)
    except WriteRefused as why:
        assert why.code in ("lead_write_refused", NOT_ON_SCREEN)
        return False
    return True


def test_a_lead_is_changed_with_the_scope_and_in_the_campaigns_of_the_client(
    bound: Path, stored: dict[str, int]
) -> None:
    for name in EVERYBODY:
        for campaign, lead in stored.items():
            for agent in ("", "1000", "7999"):  # nothing is on the screen of these
                allowed = name in WRITERS and (campaign == OWN or name not in BOUND)
                assert may(bound, UpdateLead(lead, {"city": name}, agent), name) is allowed, (name, campaign)
    assert leads.find(bound, stored[OTHER])["city"] == "all"


def test_a_lead_is_created_with_the_scope_and_in_the_campaigns_of_the_client(
    bound: Path, stored: dict[str, int]
) -> None:
    for name in EVERYBODY:
        for campaign, one in ((OWN, "201"), (OTHER, "202"), (OTHER, "999")):
            allowed = name in WRITERS and (campaign == OWN or name not in BOUND)
            assert may(bound, CreateLead(one, ADA, "user:adam"), name) is allowed, (name, one)


def test_a_lead_is_moved_and_deleted_with_the_scope_and_in_the_campaigns_of_the_client(
    bound: Path, stored: dict[str, int]
) -> None:
    for name in EVERYBODY:
        for campaign, lead in stored.items():
            is_own = campaign == OWN
            free = name in WRITERS and name not in BOUND
            back = "201" if is_own else "202"
            for target in ("201", "202", "999"):
                allowed = free or (name in WRITERS and is_own and target == "201")
                assert may(bound, UpdateLead(lead, {}, "1000", target), name) is allowed, (name, campaign, target)
                leads.update(bound, lead, {}, back)
            made = leads.create(bound, back, ADA, who="test")
            allowed = free or (name in WRITERS and is_own)
            assert may(bound, DeleteLead(made, "user:adam"), name) is allowed, (name, campaign)


def test_a_known_lead_of_another_campaign_does_not_count(bound: Path, stored: dict[str, int]) -> None:
    everything = frozenset({OWN, OTHER})  # an API process that lies
    for then, by in (("refuse", "created"), ("update", "updated")):
        wanted = CreateLead("201", ADA, "", rule=NewLeadRule(then, "system"), campaigns=everything)  # type: ignore[arg-type]
        leads.update(bound, stored[OWN], {"phone_number": "7275559999"})
        made = written(bound, wanted, "kim")
        assert made.did == by and made.lead != stored[OTHER]
    assert written(bound, wanted, "mia").lead != 0


def test_the_list_for_leads_by_hand_of_a_campaign_may_be_that_of_every_campaign(
    bound: Path, stored: dict[str, int]
) -> None:
    rules = Rules(campaigns={OWN: Campaign(OWN, manual_dial_list_id="998")})
    assert may(bound, CreateLead("998", ADA, ""), "kim", rules=rules)
    assert not may(bound, CreateLead("202", ADA, ""), "kim", rules=rules)


def test_the_name_of_a_new_lead_is_that_of_the_token(bound: Path, stored: dict[str, int]) -> None:
    for name, by in (("mia", "user:mia"), ("all", "token:all")):
        made = written(bound, CreateLead("202", ADA, "user:adam"), name)
        assert leads.find(bound, made.lead)["user"] == by
    first = written(bound, CreateLead("202", ADA, "user:mia", "key", "said"), "mia")
    assert written(bound, CreateLead("202", ADA, "user:mia", "key", "said"), "all") != first, "no key of another client"


def test_without_a_known_token_nothing_is_written(bound: Path, stored: dict[str, int]) -> None:
    before = leads.find(bound, stored[OWN])
    for token in ("", "x", "u" * 43):

        async def nobody(_: str) -> Client | None:
            return None

        known = CheckedClients(nobody, no_talk, World, str(bound), str(bound.parent))
        threads = RecordThreads(str(bound))
        with refused(ClientUnknown, "client_unknown"):
            asyncio.run(CheckedRecords(threads, known, str(bound)).write(UpdateLead(stored[OWN], {"city": "X"}), token))
        threads.close()
    assert leads.find(bound, stored[OWN]) == before


def test_an_api_user_adds_leads_by_its_functions_and_changes_those_on_a_screen(
    bound: Path, stored: dict[str, int]
) -> None:
    def program(functions: str, campaigns: VisibleCampaigns | None = None) -> ApiUser:
        return ApiUser("crm", "", frozenset({functions}), api_access=True, user_group="", campaigns=campaigns)

    own = VisibleCampaigns(frozenset({OWN}))
    for functions, campaigns, one, allowed in (
        ("external_add_lead", None, "202", True),
        ("ALL_FUNCTIONS", None, "202", True),
        ("external_dial", None, "202", False),
        ("ALL_FUNCTIONS", own, "202", False),
        ("ALL_FUNCTIONS", own, "201", True),
    ):
        client = program(functions, campaigns)
        assert may(bound, CreateLead(one, ADA, "crm"), "ticket", client) is allowed, (functions, one)
    for functions in ("ALL_FUNCTIONS", "update_fields"):
        change = UpdateLead(stored[OWN], {"city": "X"}, "1000")
        assert not may(bound, change, "ticket", program(functions)), "the lead is on no screen"


def test_a_lead_that_has_left_the_screen_is_named_and_no_right_is_asked_for(
    bound: Path, stored: dict[str, int]
) -> None:
    program = ApiUser("crm", "", frozenset({"update_fields"}), api_access=True, user_group="", campaigns=None)
    with refused(WriteRefused, NOT_ON_SCREEN, agent="1000", lead=stored[OWN]):
        written(bound, UpdateLead(stored[OWN], {"city": "X"}, "1000"), "ticket", program)
    with refused(WriteRefused, "lead_write_refused"):
        written(bound, UpdateLead(stored[OWN], {"city": "X"}), "ticket", program)
