"""The functions about leads, lists and do-not-call numbers, by recorded answers."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import vector_site
from tests.http.non_agent.differences import DIFFERENCES
from tests.http.non_agent.lead_setups import SETUPS
from tests.http.non_agent.vector_site import SetUps

KINDS = ("lead", "list", "dnc")
VECTORS = [one for kind in KINDS for one in vector_site.vectors(kind)]
OF_CONFIGURATION = [one for one in VECTORS if one["function"] in ("add_list", "update_list") or "fpg" in one["function"]]
OF_LEADS = [one for one in VECTORS if one not in OF_CONFIGURATION]
CHANGED = ("lead", "dnc", "callback", "call")  # tables that answers about leads change


@pytest.fixture(scope="module")
def site(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonSite]:
    """Provide one site for all answers that do not change the configuration."""
    folder = tmp_path_factory.mktemp("leads")
    database = folder / "warmline.db"
    shutil.copy(base, database)
    with vector_site.site(database, folder / "run", [], SETUPS) as (made, _):
        yield made


@pytest.mark.parametrize("vector", OF_LEADS, ids=lambda vector: vector["id"])
def test_the_answer_about_leads_is_as_recorded(vector: Mapping[str, Any], site: JsonSite, base: Path) -> None:
    with closing(sqlite3.connect(site.database)) as db, db:
        db.execute("ATTACH ? AS base", [str(base)])
        for table in CHANGED:
            db.execute(f"DELETE FROM main.{table}")  # noqa: S608 - names of this test
            db.execute(f"INSERT INTO main.{table} SELECT * FROM base.{table}")  # noqa: S608
        for name in vector.get("setup", []):
            SETUPS.rows[name](db)
    _compare(vector, lambda: vector_site.answered(site, vector, {}))


@pytest.mark.parametrize("vector", OF_CONFIGURATION, ids=lambda vector: vector["id"])
def test_the_answer_about_the_configuration_is_as_recorded(
    vector: Mapping[str, Any], replay: Callable[[Mapping[str, Any], SetUps], None]
) -> None:
    _compare(vector, lambda: replay(vector, SETUPS))


def test_each_difference_is_of_a_recorded_answer() -> None:
    assert {one["id"] for one in VECTORS} >= set(DIFFERENCES)


def _compare(vector: Mapping[str, Any], answered: Callable[[], None]) -> None:
    if vector["id"] in DIFFERENCES:
        with pytest.raises(AssertionError):
            answered()
    else:
        answered()
