"""The lines of a settings file that have secrets, and the file without them."""

import re
import tomllib
from contextlib import suppress

from warmline.system.settings import SECRETS

LINE = re.compile(rf"^[ \t]*(?:{'|'.join(SECRETS)})[ \t]*=.*(?:\n|\Z)", re.MULTILINE)


def parted(text: str) -> tuple[str, str]:
    """Return a settings file without its secrets, and the lines that have them; "" if lines cannot be taken out."""
    rest = LINE.sub("", text)
    lines = "".join(f"{line.rstrip()}\n" for line in LINE.findall(text))
    with suppress(tomllib.TOMLDecodeError):
        kept = tomllib.loads(rest)
        if kept | tomllib.loads(lines) == tomllib.loads(text) and not kept.keys() & set(SECRETS):
            return rest, lines
    return text, ""
