"""Print the costs of a plain call beside the kept figures: python -m tests.call_cost [--keep].

With --keep, the figures are written to tests/call_cost/kept.json, and CI compares with them from then on. With --json,
only figures are printed. Exit code 1: a sum is more than 5 % above the kept one.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.call_cost.call_cost import CallCost, grown, measure

KEPT = Path(__file__).with_name("kept.json")
SAME_HASHES = {"PYTHONHASHSEED": "0"}


def main(arguments: list[str]) -> int:
    """Measure, and do what the arguments say; return an exit code."""
    if os.environ.get("PYTHONHASHSEED") != SAME_HASHES["PYTHONHASHSEED"]:
        again = [sys.executable, "-m", "tests.call_cost", *arguments]
        return subprocess.run(again, env=os.environ | SAME_HASHES, check=False).returncode
    with tempfile.TemporaryDirectory() as folder:
        now = measure(Path(folder) / "warmline.db")
    kept = CallCost(**json.loads(KEPT.read_text())) if KEPT.exists() else now
    if "--json" in arguments:
        print(json.dumps(now._asdict()))
        return 0
    if "--keep" in arguments:
        KEPT.write_text(json.dumps(now._asdict(), indent=1) + "\n")
    for (kind, ours), limit in zip(now.sums().items(), kept.sums().values(), strict=True):
        print(f"{kind:<12}{ours:>9g}   kept: {limit:g}")
    for name, count in (now.statements | now.requests).items():
        print(f"{count:>9g}  {name}")
    if "--keep" in arguments:
        return 0
    problems = grown(now, kept)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
