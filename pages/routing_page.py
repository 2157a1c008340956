"""The tables of options in docs/routing.md, made from the options."""

from collections.abc import Iterable
from functools import partial

from pages.marked_text import PROJECT, cell, rows, with_tables
from warmline.options import ingroup_options, lead_options, webhook_options
from warmline.options.agent_options import AGENT_OPTIONS
from warmline.options.did_options import CALL_TIME_OPTIONS, DID_OPTIONS, HOLIDAY_OPTIONS
from warmline.options.entity import Option
from warmline.options.option_table import SETTING

PAGE = PROJECT / "docs/routing.md"
OF_AGENTS = ("user_level", "campaign_rank", "campaign_grade", "ingroup_ranks", "ingroup_grades")
TARGETS = ("custom_five", "voicemail_id")
ON_HOOK = ("phone_mode", "on_hook_ring_time", "max_missed")

TABLES: dict[str, tuple[Option, ...]] = {
    "ingroup-basic": ingroup_options.BASIC_OPTIONS,
    "ingroup-order": ingroup_options.ORDER_OPTIONS,
    "ingroup-limits": ingroup_options.LIMIT_OPTIONS,
    "ingroup-waiting": ingroup_options.WAITING_OPTIONS,
    "ingroup-offers": ingroup_options.OFFER_OPTIONS,
    "ingroup-closing": ingroup_options.CLOSING_OPTIONS,
    "ingroup-leads": lead_options.OF_INGROUP,
    "ingroup-webhooks": webhook_options.OF_INGROUP,
    "agent": tuple(option for option in AGENT_OPTIONS if option.name in OF_AGENTS + TARGETS + ON_HOOK),
    "did": DID_OPTIONS,
    "call-time": CALL_TIME_OPTIONS,
    "holiday": HOLIDAY_OPTIONS,
    "setting": tuple(SETTING.option(name) for name in ("timezone", "blocklist")),
}


def table(options: Iterable[Option]) -> str:
    """A row for each option."""
    return rows(
        ("option", "values", "default", "meaning"),
        *((_name(one), cell(one.type.allowed), _default(one), cell(one.meaning)) for one in options),
    )


def _name(option: Option) -> str:
    return f"`{option.name}`{' (+)' if option.plus else ''}"


def _default(option: Option) -> str:
    if option.required:
        return "required"
    text = ",".join(option.default) if isinstance(option.default, tuple) else str(option.default)
    return f"`{cell(text)}`" if text else "empty"


def filled(text: str) -> str:
    """Return the page with each table made again."""
    return with_tables(text, {name: partial(table, options) for name, options in TABLES.items()})
