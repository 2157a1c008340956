"""The origins of other programs' pages, such as a CRM: the settings `workspace_frames` and `api_origins`."""

import re

from warmline.system.loopback import is_local
from warmline.system.settings import SettingsError

ORIGIN = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
DEFAULT_PORTS = {"http": "80", "https": "443"}
PLAIN = "http"


def read(setting: str, text: str) -> tuple[str, ...]:
    """Return the origins of a setting, as browsers write them, such as https://crm.example.com.

    Plain HTTP is for pages of this machine: on a network, others could change such a page. Raises SettingsError.
    """
    return tuple(dict.fromkeys(_origin(setting, one.strip()) for one in text.split(",") if one.strip()))


def _origin(setting: str, text: str) -> str:
    found = ORIGIN.fullmatch(text.lower())
    if not found or (found[1] == PLAIN and not is_local(found[2].strip("[]"))):
        raise SettingsError(
            "web_origin_invalid",
            "setting {setting} has {value!r}; allowed: origins such as https://crm.example.com, without a path, "
            "separated by commas; http:// for this machine only",
            setting=setting,
            value=text,
        )
    scheme, host, port = found.groups()
    return f"{scheme}://{host}" + (f":{port}" if port and port != DEFAULT_PORTS[scheme] else "")
