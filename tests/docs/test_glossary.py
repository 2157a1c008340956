"""docs/reference/glossary.md: every name of a term exists; no public name has a word that is not used."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ari_app.http.openapi.openapi_document import PREFIX, document
from tests.cli.whole_tree import whole_tree
from tests.tree.source_facts import facts
from tests.tree.test_imports import python_files
from tools.pages.marked_text import PROJECT
from warmline.core.messages.commands import Kind
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS
from warmline.system.program_files import SCHEMA
from warmline.text import event_names

PAGE = (PROJECT / "docs/reference/glossary.md").read_text()
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
TABLE = re.compile(r"^CREATE TABLE (\w+) \((.*?)^\)", re.MULTILINE | re.DOTALL)
COLUMN = re.compile(r'^    "?([a-z]\w*)"? [A-Z]', re.MULTILINE)


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading, without its head."""
    _, section = re.split(rf"^## {heading}$", PAGE, maxsplit=1, flags=re.MULTILINE)
    lines = [line for line in HEADING.split(section)[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


TERMS = rows("Terms")
SHIPPED = ("warmline", "ari_app", "cli", "lab")
NOT_USED = [row[0].strip("`") for row in rows("Words that are not used")]


def named(column: int) -> list[tuple[str, str]]:
    """Each term with the name that it has there."""
    return [(row[0], name) for row in TERMS for name in re.findall("`([^`]+)`", row[column])]


def product_files() -> list[Path]:
    """Every Python file that is installed."""
    return [file for folder in SHIPPED for file in python_files(folder)]


@cache
def columns() -> dict[str, list[str]]:
    """The columns of each table."""
    found = {table: COLUMN.findall(body) for table, body in TABLE.findall(SCHEMA.read_text())}
    assert found["leg"][:3] == ["id", "owner", "role"]
    return found


@cache
def classes() -> list[str]:
    """Every public class of the product."""
    return [name for file in product_files() for name in facts(file).classes if not name.startswith("_")]


@cache
def commands() -> list[str]:
    """Every command, and every group of them."""
    return list(_commands("", whole_tree()))


def _commands(before: str, group: Any) -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        yield f"{before}{name}"
        yield from _commands(f"{before}{name} ", command)


@cache
def fields() -> dict[str, list[str]]:
    """The fields of each schema of the JSON API."""
    schemas: dict[str, dict[str, Any]] = document()["components"]["schemas"]
    return {name: list(schema.get("properties", {})) for name, schema in schemas.items()}


@cache
def addresses() -> list[str]:
    """The addresses of the JSON API."""
    return [path.removeprefix(PREFIX) for path in document()["paths"]]


@cache
def other_names() -> set[str]:
    """The types of events, and the kinds of commands."""
    return {*event_names.RECORD_TYPES, *JOURNAL_KINDS, *Kind}


def test_the_schema_has_each_name() -> None:
    for term, name in named(2):
        table, _, column = name.partition(".")
        assert table in columns(), (term, name)
        assert not column or column in columns()[table], (term, name)


def test_the_code_has_each_name() -> None:
    assert [one for one in named(3) if one[1] not in classes()] == []


def test_the_command_line_has_each_name() -> None:
    assert [one for one in named(4) if one[1] not in commands()] == []


def test_the_json_api_has_each_name() -> None:
    for term, name in named(5):
        schema, _, field = name.partition(".")
        in_schema = schema in fields() and (not field or field in fields()[schema])
        assert name in addresses() or name in other_names() or in_schema, (term, name)


def test_terms_are_in_order_and_have_one_sentence_each() -> None:
    terms = [row[0] for row in TERMS]
    assert terms == sorted(set(terms), key=str.lower)
    assert [row[1] for row in TERMS if row[1].count(". ") or not row[1].endswith(".")] == []
    assert [row[1] for row in TERMS if len(row[1].split()) > 25] == []


def public_names() -> Iterator[str]:
    """Return every name that a reader of the tree, or a client, sees."""
    yield from (str(file.relative_to(PROJECT)) for file in product_files())
    yield from classes()
    yield from commands()
    for table, names in columns().items():
        yield from (table, *names)
    for schema, names in fields().items():
        yield from (schema, *names)
    yield from (*addresses(), *other_names())


def test_a_word_that_is_not_used_is_in_no_name() -> None:
    names = [(name, {word.lower() for word in WORD.findall(name)}) for name in public_names()]
    assert NOT_USED and [(name, words) for name, words in names if not words.isdisjoint(NOT_USED)] == []


def test_words_are_found_in_names() -> None:
    """A test that finds none must be able to."""
    found = [name for name in public_names() if "transfer" in map(str.lower, WORD.findall(name))]
    assert {"agent transfer", "HangupXferRequest"} & set(found) == {"agent transfer"}
