"""The Firefox of the tests is always Debian's; `python -m tests.browser.firefox.program` fetches it."""

import sys
from pathlib import Path

from tests.browser.chromium import fonts
from tests.debian_program import DebianProgram, libraries, main


def _unpacked(root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the command and its variables."""
    place = root / "usr/lib/firefox-esr"
    return (str(place / "firefox-esr"),), {
        "LD_LIBRARY_PATH": f"{libraries(root)}:{place}",
        "FONTCONFIG_FILE": fonts(root),
    }


FIREFOX = DebianProgram("firefox", ("firefox-esr", "pulseaudio", "fonts-dejavu-core"), (), _unpacked)

if __name__ == "__main__":
    sys.exit(main(FIREFOX))
