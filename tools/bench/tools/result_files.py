"""The newest result of each benchmark, as JSON in tools/bench/results; docs/explanation/benchmarks.md shows them."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.bench.tools.result import BenchResult

FOLDER = Path(__file__).parents[1] / "results"


def write(result: BenchResult, folder: Path) -> Path:
    """Write a result in place of the benchmark's older one; return its file."""
    found = result.as_json()
    about = {
        "name": found.pop("name"),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": _commit(),
        "machine": machine(),
        "source": "measured",
        "against": result.against,
    }
    file = folder / f"{result.name}.json"
    folder.mkdir(exist_ok=True)
    file.write_text(json.dumps(about | found, indent=1, ensure_ascii=False) + "\n")
    return file


def machine() -> dict[str, Any]:
    """Return what a reader must know about this machine, in general terms, without names and paths."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processors": os.cpu_count(),
        "memory_gb": round(memory / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _commit() -> str | None:
    """Return the commit that was measured, with `-dirty` if files differ from it; None without a repository."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=FOLDER.parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
