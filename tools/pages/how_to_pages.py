"""Writes the tables of short pages: variables after a call, recipes, keys of a phone."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from cli.install import recipes
from cli.install.recipes import Recipe
from tools import ari_types
from tools.pages.marked_text import PROJECT, cell, rows, with_tables
from warmline.core.commands.feature_keys import CODE_ARGUMENT, FEATURES, NUMBER_ARGUMENT
from warmline.core.rules import third_variables
from warmline.core.rules.call_result import RESULTS, VARIABLES

AFTER_KEY = {NUMBER_ARGUMENT: " NUMBER `#`", CODE_ARGUMENT: " KEY `#`, or `*9#`", "": ""}


def variables() -> str:
    """Return a row for each variable that the dialplan has after a call."""
    found = VARIABLES | {"WARMLINE_DATA_name": "each item of [the call's data](call-data.md)"}
    return rows(("variable", "value"), *((f"`{name}`", text) for name, text in found.items()))


def third_party_variables() -> str:
    """Return a row for each variable that a dialplan has while it dials a third party."""
    found = third_variables.VARIABLES | {"WARMLINE_DATA_name": "each item of the call's data, as harmless text"}
    return rows(("variable", "value"), *((f"`{name}`", text) for name, text in found.items()))


def results() -> str:
    """Return a row for each word of WARMLINE_RESULT."""
    return rows(("`WARMLINE_RESULT`", "what happened"), *((f"`{word}`", text) for word, text in RESULTS.items()))


def recipe_table() -> str:
    """Return a row for each recipe, from the header of its file."""
    found = map(recipes.find, recipes.names())
    return rows(
        ("recipe", "what it does", "files"), *((f"`{one.name}`", cell(one.about), _files(one)) for one in found)
    )


def _files(recipe: Recipe) -> str:
    kinds = (("dialplan", recipe.dialplan), ("script", recipe.script))
    return ", ".join(f"[{kind}](../../{path.relative_to(PROJECT)})" for kind, path in kinds if path)


def card() -> str:
    """Return a row for each feature key of an agent's phone."""
    found = ((f"`*{key}`{AFTER_KEY[one.argument]}", one.meaning) for key, one in FEATURES.items())
    return rows(("keys", "command"), *found)


def ari_versions() -> str:
    """Return the versions of Asterisk whose events and resources have types, and what some of them do not have."""
    record = ari_types.recorded()
    models = record.events | record.resources
    lines = [f"The types are those of Asterisk {_listed([ari_types.short(version) for version in record.versions])}."]
    for version in record.versions:
        without = [f"`{name}`" for name, model in models.items() if version in model.lacks]
        without += [
            f"`{name}.{field}`"
            for name, model in models.items()
            for field, given in model.fields.items()
            if version in given.lacks
        ]
        if without:
            lines.append(f"Asterisk {ari_types.short(version)} does not have {_listed(without, 'or')}.")
    return "\n".join(lines)


def _listed(words: list[str], before_last: str = "and") -> str:
    *others, last = words
    return f"{', '.join(others)} {before_last} {last}" if others else last


TABLES: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "how-to/after-the-call": {"variables": variables, "results": results},
    "how-to/call-data": {"third-party": third_party_variables},
    "how-to/cookbook": {"recipes": recipe_table},
    "how-to/phone-keys": {"keys": card},
    "how-to/ari-scripts": {"ari-versions": ari_versions},
}
PAGES: dict[Path, Callable[[str], str]] = {
    PROJECT / f"docs/{name}.md": partial(with_tables, tables=tables) for name, tables in TABLES.items()
}
