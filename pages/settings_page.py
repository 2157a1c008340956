"""The table of docs/reference/settings.md, made from the table of settings."""

from ari_app.reloading import AT_ONCE
from pages.marked_text import PROJECT, cell, rows, with_tables
from warmline.system.settings import SETTING_TABLE

PAGE = PROJECT / "docs/reference/settings.md"


def settings() -> str:
    """Return a row for each setting."""
    return rows(
        ("setting", "values", "default", "meaning", "for a change the app needs a"),
        *(
            (f"`{name}`", cell(values), f"`{default}`" if default != "" else "empty", cell(meaning), _needs(name))
            for name, (default, values, meaning) in SETTING_TABLE.items()
        ),
    )


def _needs(name: str) -> str:
    return "reload" if name in AT_ONCE else "restart"


def filled(text: str) -> str:
    """Return the page with the table made again."""
    return with_tables(text, {"settings": settings})
