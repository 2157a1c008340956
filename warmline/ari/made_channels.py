"""The ids of channels that a script makes: by them they are known as its own, and never arrive as callers.

The library chooses `script-NAME-` and 16 hexadecimal digits. A channel that a request sends to the dialplan has another
form, because it arrives if the dialplan sends it back. So does the other half of a Local channel, which ends with `;2`.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from warmline.ari import request_transport

DIALPLAN_MARK = "d"
HEXADECIMAL_DIGITS = re.compile("[0-9a-f]{16}")


def new_id(application: str, mark: str = "") -> str:
    """Return a new id for a thing of the script in Asterisk."""
    return f"{application}-{mark}{secrets.token_hex(8)}"


def is_id_of(application: str, channel_id: str) -> bool:
    """Return whether the library has chosen this id for a channel in the script."""
    prefix, _, token = channel_id.rpartition("-")
    return prefix == application and HEXADECIMAL_DIGITS.fullmatch(token) is not None


def find_own_id(application: str, path: tuple[str, ...], parameters: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """Return what a POST request lacks for an id of its new channel, and this id if the channel comes to the script.

    Both are empty for a request that makes no channel.
    """
    name = request_transport.name_channel_id("POST", path)
    match path:
        case _ if name:
            channel_id = str(parameters.get(name, ""))
        case ("channels", channel_id) | ("channels", _, "snoop", channel_id):
            pass
        case _:
            return {}, ""
    is_own = parameters.get("app") == application
    missing: dict[str, str] = {}
    if not channel_id:
        channel_id = new_id(application, "" if is_own else DIALPLAN_MARK)
        missing = {name: channel_id}
    return missing, channel_id if is_own else ""
