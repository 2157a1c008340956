"""Writes the tables of options in docs/how-to/routing.md from the option table."""

from functools import partial

from tools.pages.marked_text import PROJECT, with_tables
from tools.pages.options_page import tables
from warmline.options.option_table import AGENT, CALL_TIME, DID, HOLIDAY, INGROUP, SETTING, Entity
from warmline.options.values.entity import OptionSection

PAGE = PROJECT / "docs/how-to/routing.md"


def _sections(entity: Entity, *titles: str) -> tuple[OptionSection, ...]:
    return tuple(entity.section(title) for title in titles)


TABLES: dict[str, tuple[OptionSection, ...]] = {
    "ingroup-basic": _sections(INGROUP, "Basics"),
    "ingroup-order": _sections(INGROUP, "Order and ranking"),
    "ingroup-ringing": _sections(INGROUP, "Phones that ring"),
    "ingroup-limits": _sections(INGROUP, "Opening hours", "Full, or without agents", "Drop"),
    "ingroup-waiting": _sections(INGROUP, "Music and prompts"),
    "ingroup-alert": _sections(INGROUP, "Announcement to the agent"),
    "ingroup-offers": _sections(INGROUP, "Offer after a long wait"),
    "ingroup-keys": _sections(INGROUP, "Keys to leave"),
    "ingroup-closing": _sections(INGROUP, "Closing time"),
    "ingroup-leads": _sections(INGROUP, "Leads"),
    "ingroup-webhooks": _sections(INGROUP, "Webhooks"),
    "ingroup-web-forms": _sections(INGROUP, "Web forms"),
    "agent": _sections(AGENT, "Phone", "Ranking", "Own destinations"),
    "did": DID.sections,
    "call-time": CALL_TIME.sections,
    "holiday": HOLIDAY.sections,
    "setting": (OptionSection("", tuple(SETTING.option(name) for name in ("timezone", "blocklist"))),),
}


def filled(text: str) -> str:
    """Return the page with new tables."""
    return with_tables(text, {name: partial(tables, sections) for name, sections in TABLES.items()})
