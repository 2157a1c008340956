"""The Chromium of the tests; `python -m tests.browser.chromium` fetches it if there is none."""

import sys
from pathlib import Path

from tests.debian_program import DebianProgram, libraries, main

FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir prefix="relative">usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def _unpacked(root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the command and its variables. Write a configuration of fonts; that of the packages has fixed paths."""
    fonts = root / "fonts.conf"
    if not fonts.exists():
        fonts.write_text(FONTS)
    environ = {"LD_LIBRARY_PATH": f"{libraries(root)}:{root / 'usr/lib/chromium'}", "FONTCONFIG_FILE": str(fonts)}
    return (str(root / "usr/lib/chromium/chromium"),), environ


CHROMIUM = DebianProgram(
    "chromium", ("chromium", "fonts-dejavu-core"), ("chromium", "chromium-browser", "google-chrome"), _unpacked
)

if __name__ == "__main__":
    sys.exit(main(CHROMIUM))
