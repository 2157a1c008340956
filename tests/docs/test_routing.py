"""docs/routing.md has every option of routing, as the options' own table has it."""

import re

import pytest

from tests.docs.routing_page import PAGE, filled
from warmline.core.queue_wait import ANSWERED, Status
from warmline.ingroup_options import RANKINGS
from warmline.options import ENTITIES

ROW = re.compile(r"^\| `([a-z0-9_]+)`(?: \(\+\))? \|", re.MULTILINE)


def test_the_tables_are_the_options() -> None:
    assert PAGE.read_text() == filled(PAGE.read_text()), "python -m tests.docs.routing_page"


@pytest.mark.parametrize("kind", ["ingroup", "did", "call-time", "holiday"])
def test_every_option_has_its_line(kind: str) -> None:
    assert set(ENTITIES[kind].option_names) <= set(ROW.findall(PAGE.read_text()))


def test_every_status_and_every_ranking_is_explained() -> None:
    text = PAGE.read_text()
    assert [status for status in (ANSWERED, *Status) if f"\n| {status} |" not in text] == []
    assert [method for method in RANKINGS if f"`{method}`" not in text.split("## Who gets whom")[1]] == []


def test_an_option_that_is_not_there_would_be_missed() -> None:
    assert "no_such_option" not in set(ROW.findall(PAGE.read_text()))
    assert ROW.findall("| `queue_priority` | -99 to 99 |\n| `route` (+) | x |") == ["queue_priority", "route"]
