"""The TURN server of the tests, coturn; `python -m tests.browser.coturn` fetches it if there is none."""

import sys
from pathlib import Path

from tests.debian_program import DebianProgram, libraries, main


def _unpacked(root: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the command with the loader and the libraries of the packages."""
    loaders = [*root.glob("usr/lib/*/ld-linux*.so.*"), *root.glob("lib/*/ld-linux*.so.*")]
    if not loaders:
        raise FileNotFoundError(f"no loader is in {root}")
    return (str(loaders[0]), "--library-path", libraries(root), str(root / "usr/bin/turnserver")), {}


COTURN = DebianProgram("coturn", ("coturn",), ("turnserver",), _unpacked)

if __name__ == "__main__":
    sys.exit(main(COTURN))
