"""`warmline doctor`: filters that match no lead or cannot be read, old legal hours, and campaigns of user groups."""

from datetime import timedelta

import pytest

from cli.doctor.checks import lead_choice_check
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine
from tests.leads.dialled_leads import FLORIDA, add, prepare, writing
from warmline.leads import legal_hours
from warmline.store.configuration import config


def found(machine: Machine) -> Finding:
    """Return the only finding of the check."""
    [only] = lead_choice_check.filters(machine.facts())
    return only


@pytest.mark.parametrize("text", ["", "city=Tokyo", "city=Miami"])
def test_a_filter_that_matches_a_lead_or_has_none_is_good(machine: Machine, text: str) -> None:
    prepare(machine.settings.db, lead_filter=text)
    if text != "city=Tokyo":
        add(machine.settings.db, f"{FLORIDA}5550100", city="Miami")
    assert found(machine).code == "lead_filters_good"


def test_a_filter_that_matches_none_of_the_leads_is_found(machine: Machine) -> None:
    prepare(machine.settings.db, lead_filter="city=Tokyo")
    add(machine.settings.db, f"{FLORIDA}5550100")
    none = found(machine)
    assert none.severity is Severity.WARNING and none.code == "lead_filter_matches_none"
    assert "SALES" in none.found and "none of 1 leads" in none.found


def test_a_stored_filter_that_cannot_be_read_is_found(machine: Machine) -> None:
    prepare(machine.settings.db)
    with writing(machine.settings.db) as opened:
        opened.execute("UPDATE campaign SET lead_filter = 'city=Tokyo, rank=0'")
    unread = found(machine)
    assert unread.severity is Severity.ERROR and unread.code == "lead_filter_unreadable"
    assert "at character 11" in unread.why and unread.fix == "warmline campaign set SALES lead_filter="


def hours(machine: Machine, country: str, days: int, method: str = "PROGRESSIVE") -> Finding:
    """Return the finding `days` after the rows of the table, with one list of this country."""
    prepare(machine.settings.db, dial_method=method, safe_harbor_audio="sorry-nobody")
    config.set_options(machine.settings.db, "list", "101", {"country": country}, who="test")
    newest = max(row.as_of for row in legal_hours.table().values())
    [only] = lead_choice_check.hours(machine.facts(), newest + timedelta(days))
    return only


@pytest.mark.parametrize("country", ["US", "GB", ""])
def test_legal_hours_older_than_a_year_are_found(machine: Machine, country: str) -> None:
    old = hours(machine, country, 366)
    assert old.severity is Severity.WARNING and old.code == "legal_hours_old" and old.by_hand
    names = {"US": "United States", "GB": "United Kingdom", "": "Alabama"}
    assert names[country] in old.found and str(min(row.as_of for row in legal_hours.table().values())) in old.found


@pytest.mark.parametrize(
    ("country", "days", "method"),
    [("US", 0, "PROGRESSIVE"), ("US", 999, "MANUAL"), ("JP", 999, "PROGRESSIVE")],
    ids=["new", "dialled by hand", "without legal hours"],
)
def test_legal_hours_that_are_new_or_not_used_are_good(
    machine: Machine,
    country: str,
    days: int,
    method: str,
) -> None:
    assert hours(machine, country, days, method).code == "legal_hours_good"


def test_a_campaign_of_a_user_group_that_does_not_exist(machine: Machine) -> None:
    path = machine.settings.db
    for name in ("SALES", "SERVICE"):
        config.create(path, "campaign", name, {}, who="ada")
    config.create(path, "user-group", "BERLIN", {"allowed_campaigns": "SALES"}, who="ada")
    (found,) = lead_choice_check.groups(machine.facts())
    assert found.severity is Severity.GOOD
    with writing(path) as db:  # as a database that another program has changed
        db.execute('UPDATE user_group SET allowed_campaigns = \'["SALES", "GONE"]\'')
    (found,) = lead_choice_check.groups(machine.facts())
    assert (found.severity, found.code) == (Severity.WARNING, "group_campaign_unknown") and "GONE" in found.found
    machine.shell(found.fix)
    config.create(path, "agent", "7000", {"campaign": "SERVICE", "user_group": "BERLIN"}, who="ada")
    (found,) = lead_choice_check.groups(machine.facts())
    assert (found.severity, found.code) == (Severity.NOTE, "group_agents_elsewhere") and "SERVICE" in found.found
    machine.shell(found.fix)
    (found,) = lead_choice_check.groups(machine.facts())
    assert found.severity is Severity.GOOD


def test_an_api_user_in_a_group_that_does_not_exist_is_named(machine: Machine) -> None:
    """The group's allowed_campaigns would bound it; ADMIN, the default, stands for all campaigns without a group."""
    path = machine.settings.db
    config.create(path, "campaign", "SALES", {}, who="ada")
    config.create(path, "user-group", "BERLIN", {}, who="ada")
    options = {"pass": "opensesame7", "functions": "ALL_FUNCTIONS"}
    for name, group in (("crm", "BERLN"), ("erp", "ELSEWHERE"), ("old", "ADMIN"), ("good", "BERLIN")):
        config.create(path, "api-user", name, options | {"user_group": group}, who="ada")
    (found,) = lead_choice_check.groups(machine.facts())
    assert found.severity is Severity.GOOD, "no group bounds anybody"
    config.set_options(path, "user-group", "BERLIN", {"allowed_campaigns": "SALES"}, who="ada")
    near, far = lead_choice_check.groups(machine.facts())
    assert {near.code, far.code} == {"api_user_group_unknown"} and near.severity is Severity.WARNING
    assert "crm" in near.found and near.fix == "warmline api-user set crm user_group=BERLIN" and not near.by_hand
    assert "erp" in far.found and far.by_hand
    config.set_options(path, "api-user", "erp", {"active": "N"}, who="ada")
    (found,) = lead_choice_check.groups(machine.facts())
    assert found == near
    machine.shell(found.fix)
    (found,) = lead_choice_check.groups(machine.facts())
    assert found.severity is Severity.GOOD
