"""Writes the fingerprint of schema.sql into the module that compares it when a database is opened."""

from tools.pages.marked_text import PROJECT, between
from warmline.store.migrations.schema_versions import fingerprint
from warmline.system.program_files import SCHEMA

FILE = PROJECT / "warmline/store/database/database.py"
START = "# <fingerprint> of schema.sql, made by `python -m tools.pages` and written into meta\n"
END = "# </fingerprint>\n"


def filled(text: str) -> str:
    """Return the module with the fingerprint of schema.sql as it is now."""
    return between(text, START, END, f'FINGERPRINT = "{fingerprint(SCHEMA.read_text())}"\n')
