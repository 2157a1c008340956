"""Records what Asterisk's versions describe of ARI, and writes the modules: `python -m tools.ari_clone CLONE`."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from tools import ari_operations, ari_types


def main(clone: Path) -> None:
    """Write both records and the modules from a git clone of Asterisk. Raises CalledProcessError, ValueError."""

    @cache
    def read(version: str, file: str) -> dict[str, Any]:
        description: dict[str, Any] = json.loads(_run(clone, "show", f"{version}:rest-api/api-docs/{file}"))
        return description

    models = ari_types.read_models(read)
    tags = filter(ari_operations.is_supported_tag, _run(clone, "tag").split())
    operations = ari_operations.read_operations(read, tags)
    ari_types.RECORD.write_text(ari_types.record_text(models))
    ari_operations.RECORD.write_text(ari_operations.record_text(operations))
    (ari_types.TARGET / "resources.py").write_text(ari_types.resources_module(models))
    (ari_types.TARGET / "events.py").write_text(ari_types.events_module(models))
    ari_operations.TARGET.write_text(ari_operations.operations_module(operations))


def _run(clone: Path, *arguments: str) -> str:
    return subprocess.run(("git", "-C", clone, *arguments), check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
