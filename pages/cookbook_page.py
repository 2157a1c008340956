"""Writes the table of recipes in docs/how-to/cookbook.md from the headers of their files."""

from cli.install import recipes
from cli.install.recipes import Recipe
from pages.marked_text import PROJECT, cell, rows, with_tables

PAGE = PROJECT / "docs/how-to/cookbook.md"


def filled(text: str) -> str:
    """Return the page with a new table."""
    return with_tables(text, {"recipes": _table})


def _table() -> str:
    found = map(recipes.find, recipes.names())
    return rows(
        ("recipe", "what it does", "files"), *((f"`{one.name}`", cell(one.about), _files(one)) for one in found)
    )


def _files(recipe: Recipe) -> str:
    kinds = (("dialplan", recipe.dialplan), ("script", recipe.script))
    return ", ".join(f"[{kind}](../../{path.relative_to(PROJECT)})" for kind, path in kinds if path)
