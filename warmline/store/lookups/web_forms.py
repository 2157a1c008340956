"""The web forms of a call: the addresses of in-group, list and campaign, with the data of the call.

A signed address says who opens it, for which call and until when, and ends with the signature of all of it.
"""

import hmac
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from warmline.options.campaign.web_form_options import ADDRESSES, OPENS
from warmline.store.calls import agents_of_calls
from warmline.store.database.reading import reading, rows
from warmline.store.lookups.webhook_values import HANDED_OVER, of_fronter
from warmline.text import webhook_url

OF_CALL = """
    SELECT ingroup.web_form_address AS ingroup_1, ingroup.web_form_address_two AS ingroup_2,
        ingroup.web_form_address_three AS ingroup_3, list.web_form_address AS list_1,
        list.web_form_address_two AS list_2, list.web_form_address_three AS list_3,
        campaign.web_form_address AS campaign_1, campaign.web_form_address_two AS campaign_2,
        campaign.web_form_address_three AS campaign_3, campaign.web_form_target, campaign.get_call_launch,
        (SELECT secret FROM event_hook_state WHERE hook = ingroup.web_form_sign) AS ingroup_secret,
        (SELECT secret FROM event_hook_state WHERE hook = list.web_form_sign) AS list_secret,
        (SELECT secret FROM event_hook_state WHERE hook = campaign.web_form_sign) AS campaign_secret,
        list_name, campaign_script AS camp_script, user_group, custom_three AS user_custom_three,
        custom_five AS user_custom_five
    FROM (SELECT 1) LEFT JOIN campaign ON campaign.id = :campaign LEFT JOIN ingroup ON ingroup.id = :ingroup
        LEFT JOIN list ON list.id = :list LEFT JOIN agent ON agent.id = :user
"""
NAMES = ("list_name", "camp_script", "user_group", "user_custom_three", "user_custom_five")  # of OF_CALL
IN_PANELS = """
    SELECT web_form_address, web_form_address_two, web_form_address_three FROM campaign
    UNION SELECT web_form_address, web_form_address_two, web_form_address_three FROM ingroup
    UNION SELECT web_form_address, web_form_address_two, web_form_address_three FROM list
"""
ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?")  # nothing that a header could misread
PLACES = ("ingroup", "list", "campaign")  # in the order in which they give an address
HOUR = 3600  # seconds
VALID = 4 * HOUR  # at least; an address stays the same for an hour, so that screens do not change without a reason
PLAIN = "/%:@!$&()*+,;=-._~?"  # characters that browsers leave as they are
PANELS = "SELECT 1 FROM campaign WHERE web_form_target = 'PANEL' LIMIT 1"


class WebForm(NamedTuple):
    """A web form of a call: its option, its address with the data of the call, TAB or PANEL, and if it opens alone."""

    option: str
    address: str
    target: str
    opens: bool


def of_call(
    path: str | Path,
    campaign: str,
    ingroup: str,
    in_list: str,
    facts: Mapping[str, object],
    now: int,
    promised_in: str = "",
) -> list[WebForm]:
    """Return the web forms of a call, in their order. The in-group's come before the list's and the campaign's.

    `facts` are the values by the names of webhook variables. Each value is percent-encoded. `now` is in seconds UTC.
    `promised_in` is the call that promised the callback for which this call is made. Raises StoreError.
    """
    with reading(path) as db:
        user = str(facts.get("user", ""))
        [row] = rows(db, OF_CALL, campaign=campaign, ingroup=ingroup, list=in_list, user=user)
        texts = (row[f"{place}_{number}"] or "" for place in PLACES for number in range(1, len(ADDRESSES) + 1))
        named = {name for text in texts for name in webhook_url.variables(text)}
        if named.isdisjoint(HANDED_OVER):
            fronter: dict[str, object] = {}
        else:
            agents = agents_of_calls.read_call(db, str(facts.get("warmline_call", "")), promised_in)
            fronter = of_fronter(agents, user)
    whole = {**{name: row[name] for name in NAMES}, **facts, **fronter, "epoch": now}
    whole["channel_group"] = ingroup or campaign
    whole |= dict.fromkeys(("phone", "original_phone_login", "SIPexten"), facts.get("phone_login"))
    known = {name: "" if value is None else str(value) for name, value in whole.items()}
    found = []
    for number, option in enumerate(ADDRESSES, 1):
        place = next((one for one in PLACES if row[f"{one}_{number}"]), None)
        if place:
            opens = row["get_call_launch"] == OPENS[number]
            address = webhook_url.filled(row[f"{place}_{number}"], known)
            if secret := row[f"{place}_secret"]:
                address = _signed(address, secret, known, now)
            found.append(WebForm(option, address, row["web_form_target"] or "TAB", opens))
    return found


def _signed(address: str, secret: str, known: Mapping[str, str], now: int) -> str:
    """Return the address, as browsers write it, with agent, call and end in its query, and the signature last.

    The signature is the HMAC-SHA256 of the address before `&warmline_sig=`. A fragment is not signed.
    """
    parts = urlsplit(address)
    until = now - now % HOUR + HOUR + VALID
    of_call = {"user": known.get("user", ""), "call": known.get("warmline_call", ""), "until": until}
    own = urlencode({f"warmline_{name}": value for name, value in of_call.items()}, quote_via=quote)
    target = f"{parts.path or '/'}?{parts.query}{'&' if parts.query else ''}{own}"
    whole = f"{parts.scheme}://{parts.netloc.lower()}{quote(target, safe=PLAIN)}"
    signature = hmac.new(secret.encode(), whole.encode(), sha256).hexdigest()
    return f"{whole}&warmline_sig={signature}" + (f"#{parts.fragment}" if parts.fragment else "")


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
