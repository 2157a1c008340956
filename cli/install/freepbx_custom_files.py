"""The files that hold lines of an administrator on FreePBX, such as extensions_custom.conf.

FreePBX writes extensions.conf and its siblings again at each change, so `install` and `doctor` name these files.
"""

from pathlib import Path

from cli.client import asterisk_conf


def own_file(folder: Path, name: str) -> Path:
    """Return the file for an administrator's lines: FreePBX writes `name` itself, and includes a file for them.

    Raises OSError.
    """
    path, stem = folder / name, name.removesuffix(".conf")
    own = (f"{stem}_custom.conf", f"{stem}_additional_custom.conf")
    included = asterisk_conf.read(folder, name).includes if path.exists() else []
    return next((folder / one for one in reversed(included) if Path(one).name in own), path)
