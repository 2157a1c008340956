"""The web forms of a call: the addresses of in-group, list and campaign, with the data of the call."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from warmline.options.campaign.web_form_options import ADDRESSES, OPENS
from warmline.store.database.reading import reading, rows
from warmline.text import webhook_url

OF_CALL = """
    SELECT ingroup.web_form_address AS ingroup_1, ingroup.web_form_address_two AS ingroup_2,
        ingroup.web_form_address_three AS ingroup_3, list.web_form_address AS list_1,
        list.web_form_address_two AS list_2, list.web_form_address_three AS list_3,
        campaign.web_form_address AS campaign_1, campaign.web_form_address_two AS campaign_2,
        campaign.web_form_address_three AS campaign_3, campaign.web_form_target, campaign.get_call_launch
    FROM (SELECT 1) LEFT JOIN campaign ON campaign.id = :campaign LEFT JOIN ingroup ON ingroup.id = :ingroup
        LEFT JOIN list ON list.id = :list
"""
IN_PANELS = """
    SELECT web_form_address, web_form_address_two, web_form_address_three FROM campaign
    UNION SELECT web_form_address, web_form_address_two, web_form_address_three FROM ingroup
    UNION SELECT web_form_address, web_form_address_two, web_form_address_three FROM list
"""
ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?")  # nothing that a header could misread
PANELS = "SELECT 1 FROM campaign WHERE web_form_target = 'PANEL' LIMIT 1"


class WebForm(NamedTuple):
    """A web form of a call: its option, its address with the data of the call, TAB or PANEL, and if it opens alone."""

    option: str
    address: str
    target: str
    opens: bool


def of_call(path: str | Path, campaign: str, ingroup: str, in_list: str, facts: Mapping[str, object]) -> list[WebForm]:
    """Return the web forms of a call, in their order. The in-group's come before the list's and the campaign's.

    `facts` are the values by the names of webhook variables. Each value is percent-encoded. Raises StoreError.
    """
    with reading(path) as db:
        [row] = rows(db, OF_CALL, campaign=campaign, ingroup=ingroup, list=in_list)
    known = {name: "" if value is None else str(value) for name, value in facts.items()}
    found = []
    for number, option in enumerate(ADDRESSES, 1):
        template = next(filter(None, (row[f"{place}_{number}"] for place in ("ingroup", "list", "campaign"))), "")
        if template:
            opens = row["get_call_launch"] == OPENS[number]
            address = webhook_url.filled(template, known)
            found.append(WebForm(option, address, row["web_form_target"] or "TAB", opens))
    return found


def panel_origins(path: str | Path) -> list[str]:
    """Return the origins of all web forms, such as https://crm.example, if any campaign opens them in a panel.

    Raises StoreError.
    """
    with reading(path) as db:
        if not rows(db, PANELS):
            return []
        addresses = (address for row in rows(db, IN_PANELS) for address in row.values() if address)
        found = {"{0.scheme}://{0.netloc}".format(urlsplit(one)) for one in addresses}
        return sorted(filter(ORIGIN.fullmatch, found))
