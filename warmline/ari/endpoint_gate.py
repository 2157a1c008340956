"""Whether a script may call a phone by the name of its endpoint, such as PJSIP/1000.

No dial rule holds for it, because no number is dialled: what is called is an endpoint of Asterisk's configuration.
Therefore the name has no place for a number. `PJSIP/4930555123@trunk` and `Local/…` would lead past the dial rules, and
are refused.
"""

import re
from dataclasses import dataclass

from warmline.ari.ari_exceptions import Refused
from warmline.core.rules import ring_time
from warmline.system import dial_stop_file
from warmline.system.settings import Settings

# SIP and IAX2 take a name with a dot for the address of a machine.
ENDPOINT = re.compile(r"PJSIP/[0-9A-Za-z_.+-]{1,80}|(?:SIP|IAX2|SCCP|DAHDI)/[0-9A-Za-z_-]{1,80}")


@dataclass(frozen=True, slots=True)
class DialTarget:
    """The endpoint of a permitted call, the number that it sees, and the seconds that it may ring."""

    endpoint: str
    caller_id: str
    seconds: int


def is_endpoint(text: str) -> bool:
    """Return whether a text is meant as an endpoint: no number has a /."""
    return "/" in text


def check_endpoint(config: Settings, endpoint: str, campaign: str, *, automatic: bool) -> DialTarget:
    """Return how a phone is called. Raises Refused with the reason, ValueError for a campaign.

    `warmline dial stop` stops `automatic` calls.
    """
    if campaign:
        raise ValueError(f"the endpoint {endpoint} is called without a campaign, and got {campaign!r}")
    refusal = ""
    if not ENDPOINT.fullmatch(endpoint):
        refusal = f"{endpoint} is no endpoint: write PJSIP/NAME, SIP/NAME, IAX2/NAME, SCCP/NAME or DAHDI/NAME"
    elif automatic:
        refusal = explain_dial_stop(config.run)
    if refusal:
        raise Refused("ari_number_refused", "{reason}", reason=refusal)
    return DialTarget(endpoint, "", ring_time.AGENT_RING_SECONDS)


def explain_dial_stop(run_folder: str) -> str:
    """Return why no automatic call may begin now, or ""."""
    try:
        return dial_stop_file.WHY if dial_stop_file.is_set(run_folder) else ""
    except OSError as error:  # a stop that cannot be seen may be there
        file = f"{run_folder}/{dial_stop_file.NAME}"
        return f"the emergency stop {file} cannot be read: {error.strerror}; run the script as Asterisk's user"
