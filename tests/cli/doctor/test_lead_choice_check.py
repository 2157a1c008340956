"""`warmline doctor`: filters of campaigns that match no lead or cannot be read, and legal hours that are too old."""

from datetime import timedelta

import pytest

from cli.doctor.checks import lead_choice_check
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.test_doctor import Machine, machine  # noqa: F401 - the fixture
from tests.leads.dialled_leads import FLORIDA, add, prepare, writing
from warmline.leads import legal_hours
from warmline.store.configuration import config


def found(machine: Machine) -> Finding:  # noqa: F811
    """Return the only finding of the check."""
    [only] = lead_choice_check.filters(machine.facts())
    return only


@pytest.mark.parametrize("text", ["", "city=Tokyo", "city=Miami"])
def test_a_filter_that_matches_a_lead_or_has_none_is_good(machine: Machine, text: str) -> None:  # noqa: F811
    prepare(machine.settings.db, lead_filter=text)
    if text != "city=Tokyo":
        add(machine.settings.db, f"{FLORIDA}5550100", city="Miami")
    assert found(machine).code == "lead_filters_good"


def test_a_filter_that_matches_none_of_the_leads_is_found(machine: Machine) -> None:  # noqa: F811
    prepare(machine.settings.db, lead_filter="city=Tokyo")
    add(machine.settings.db, f"{FLORIDA}5550100")
    none = found(machine)
    assert none.severity is Severity.WARNING and none.code == "lead_filter_matches_none"
    assert "SALES" in none.found and "none of 1 leads" in none.found


def test_a_stored_filter_that_cannot_be_read_is_found(machine: Machine) -> None:  # noqa: F811
    prepare(machine.settings.db)
    with writing(machine.settings.db) as opened:
        opened.execute("UPDATE campaign SET lead_filter = 'city=Tokyo, rank=0'")
    unread = found(machine)
    assert unread.severity is Severity.ERROR and unread.code == "lead_filter_unreadable"
    assert "at character 11" in unread.why and unread.fix == "warmline campaign set SALES lead_filter="


def hours(machine: Machine, country: str, days: int, method: str = "PROGRESSIVE") -> Finding:  # noqa: F811
    """Return the finding `days` after the rows of the table, with one list of this country."""
    prepare(machine.settings.db, dial_method=method, safe_harbor_audio="sorry-nobody")
    config.set_options(machine.settings.db, "list", "101", {"country": country}, who="test")
    newest = max(row.as_of for row in legal_hours.table().values())
    [only] = lead_choice_check.hours(machine.facts(), newest + timedelta(days))
    return only


@pytest.mark.parametrize("country", ["US", "GB", ""])
def test_legal_hours_older_than_a_year_are_found(machine: Machine, country: str) -> None:  # noqa: F811
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
    machine: Machine,  # noqa: F811
    country: str,
    days: int,
    method: str,
) -> None:
    assert hours(machine, country, days, method).code == "legal_hours_good"
