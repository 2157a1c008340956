"""A country that a list gets after an import gives its leads their codes and places."""

from pathlib import Path

import pytest

from warmline.store.configuration import config
from warmline.store.leads import leads, list_country
from warmline.store.leads.lead_import import LeadImport, LeadImportReport


@pytest.fixture
def file(db: Path) -> Path:
    config.create(db, "list", "101", {}, who="test")
    file = db.parent / "leads.csv"
    file.write_text("phone_number,first_name\n+49 30 555777,A\n030 555778,B\n4930555779,C\n12,D\n")
    return file


def imported(db: Path, file: Path) -> LeadImportReport:
    return LeadImport(file, str(db), "101", "ada").run()


def numbers(db: Path) -> list[tuple[str, str, str]]:
    return [(one["phone_code"], one["phone_number"], one["time_zones"]) for one in leads.page(db, "101")]


def test_numbers_get_the_code_of_the_country_and_a_place(db: Path, file: Path) -> None:
    assert (imported(db, file).unplaced, imported(db, file).imported) == (3, 0)
    assert list_country.place(db, "101") == (0, 3), "only a number with + is known without a country"
    config.set_options(db, "list", "101", {"country": "DE"}, who="test")
    done = list_country.place(db, "101")
    berlin = [("49", f"3055577{last}", "Europe/Berlin") for last in "789"]
    assert numbers(db)[:3] == berlin and done == (3, 0)
    assert list_country.place(db, "101").changed == 0


def test_a_number_with_a_plus_keeps_its_calling_code_in_a_list_without_a_country(db: Path, file: Path) -> None:
    file.write_text("phone_number\n+1 201 555 0123\n+999 12345678\n")
    assert imported(db, file).unplaced == 1, "no country has +999"
    config.set_options(db, "list", "101", {"country": "DE"}, who="test")
    list_country.place(db, "101")
    assert numbers(db)[0] == ("1", "2015550123", "America/New_York")


def test_a_lead_that_has_its_code_keeps_it(db: Path) -> None:
    config.create(db, "list", "102", {"country": "GB"}, who="test")
    leads.create(db, "102", {"phone_number": "+44 20 7946 0018"}, who="test")
    config.set_options(db, "list", "102", {"country": "DE"}, who="test")
    assert list_country.place(db, "102") == (0, 0)
    [lead] = leads.page(db, "102")
    assert (lead["phone_code"], lead["time_zones"]) == ("44", "Europe/London")
