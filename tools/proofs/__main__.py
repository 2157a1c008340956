"""`python -m tools.proofs NAME`: search a real Asterisk for lost calls, for minutes or hours; `tools/nightly` runs it.

The last line is the result. Exit code 0: nothing was lost; 1: something was; 2: it could not be measured.
"""

import argparse
import sys
from functools import partial
from types import ModuleType
from typing import Any

from tools.bench.tools.run_one import number, run_one
from tools.proofs import calls, chaos

PROOFS: dict[str, ModuleType] = {
    "chaos": chaos,
    "calls": calls,
}


def main(arguments: list[str]) -> int:
    """Run the proof that the command line names; return the exit code."""
    wanted = _parser().parse_args(arguments)
    proof = PROOFS[wanted.name]
    options: dict[str, Any] = {}
    if proof is chaos:
        options = {"minutes": wanted.minutes, "seed": wanted.seed}
    times = wanted.count or proof.COUNT
    try:
        result = run_one(wanted.name, partial(proof.measure, times, **options), None if wanted.minutes else times)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 2
    if result is None:
        return 2
    return 0 if result.met else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.proofs", description=__doc__)
    parser.add_argument("name", choices=PROOFS, metavar="NAME", help=", ".join(PROOFS))
    parser.add_argument("--count", "--times", type=number, help="how often, instead of the usual number")
    parser.add_argument("--minutes", type=number, default=0, help="chaos: for how long, instead of --count")
    parser.add_argument("--seed", type=int, default=1, help="chaos: what is drawn at random comes from this")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
