"""The page with words half as long again, as in another language: nothing may be cut."""

import re
from pathlib import Path

from tests.browser.drawing.joined_modules import joined

WORD = re.compile(r"(: |\[|, )'([A-Za-z][^'\n\\]*)'")
WORDS = "joined['words/en.js']"  # where the module of the words begins in the joined one
MORE = "ungsverfahrenweise" * 9


def longer(folder: Path, name: str) -> str:
    """Return a joined module with longer words."""
    text = joined(folder, name)
    begin = text.find("words = {", text.find(f"globalThis.{WORDS} ??="))
    end = text.find("globalThis.joined['", begin)
    if WORDS not in text or begin < 0:
        return text
    return text[:begin] + WORD.sub(_longer, text[begin:end]) + text[end:]


def _longer(found: re.Match[str]) -> str:
    before, word = found.groups()
    return f"{before}'{word}{MORE[: max(1, len(word) // 2)]}'"
