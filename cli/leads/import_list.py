"""The list that gets the leads of an import: the one that is named, or the only active list of a campaign."""

import shlex
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from cli.client import config_records
from cli.output.invalid_argument import InvalidArgument
from warmline.centre import app_client
from warmline.centre.app_answer import AppRefused
from warmline.options.values.entity import OptionError
from warmline.store.database.errors import NotFound

FIRST = 101  # the list that examples name


def chosen(file: Path, of: str, campaign: str) -> str:
    """Return the id of the list. Raises InvalidArgument, OptionError, NotFound (campaign)."""
    if of and campaign:
        _check_campaign(file, of, campaign)
    if of:
        return of
    if not campaign:
        raise InvalidArgument(
            "import_list_missing",
            "no list is given; write: warmline lead import {file} --list LIST. To see the lists: warmline list list",
            file=shlex.quote(str(file)),
        )
    place = app_client.records()
    config_records.show(place, "campaign", campaign)
    lists = config_records.show_all(place, "list")
    own = [name for name, options in lists.items() if options["campaign"] == campaign and options["active"] == "Y"]
    if len(own) == 1:
        return own[0]
    typed = shlex.quote(str(file))
    if own:
        raise OptionError(
            "import_lists_several",
            "campaign {campaign} has {count} active lists: {lists}; name one, such as: "
            "warmline lead import {file} --list {first}",
            count=len(own),
            lists=", ".join(own),
            first=own[0],
            campaign=campaign,
            file=typed,
        )
    raise OptionError(
        "import_list_none",
        "campaign {campaign} has no active list; create one, then import into it:\n"
        "  warmline list create {list} campaign={campaign}\n  warmline lead import {file} --list {list}",
        list=next(number for number in count(FIRST) if str(number) not in lists),
        campaign=campaign,
        file=typed,
    )


def _check_campaign(file: Path, of: str, campaign: str) -> None:
    """Check that a list belongs to a campaign. Raises OptionError with the lines for it, NotFound (campaign)."""
    place = app_client.records()
    config_records.show(place, "campaign", campaign)
    now = config_records.show_all(place, "list").get(of)
    if now and now["campaign"] == campaign:
        return
    verb, why = ("set", "belongs to no campaign") if now else ("create", "does not exist")
    if now and now["campaign"]:
        why = f"belongs to campaign {now['campaign']}"
    raise OptionError(
        "import_list_twice",
        "list {list} {why}. To make it one of campaign {campaign}, and to import into it:\n"
        "  warmline list {verb} {list} campaign={quoted}\n  warmline lead import {file} --list {list}",
        list=shlex.quote(of),
        why=why,
        campaign=campaign,
        verb=verb,
        quoted=shlex.quote(campaign),
        file=shlex.quote(str(file)),
    )


def warning(of: str) -> Iterator[str]:
    """Yield a line about a list that no dialler calls, because it has no campaign."""
    place = app_client.records()
    with suppress(AppRefused, NotFound):  # a role may import without a right to read the configuration
        if config_records.show(place, "list", of)["campaign"]:
            return
        campaigns = [*config_records.show_all(place, "campaign")]
        name = campaigns[0] if len(campaigns) == 1 else "CAMPAIGN"
        yield f"list {of} has no campaign, so no dialler calls these leads: warmline list set {of} campaign={name}"
