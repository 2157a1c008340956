"""Runs one benchmark or one long proof, and prints what it found."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
from rich.console import Console

from lab.lab_error import LabError
from lab.sip import CallRefused, WaitTimeout
from tools.bench.tools.bench_progress import Step, bar
from tools.bench.tools.result import BenchResult, CannotMeasureError

PLAIN_WIDTH = 120  # columns, if the output is not a terminal


def run_one(
    name: str, measure: Callable[[Step], Coroutine[Any, Any, BenchResult]], steps: int | None, *, as_json: bool = False
) -> BenchResult | None:
    """Measure, with a bar of so many steps, and print a table or JSON; return the result.

    None if it could not be measured, which is printed on stderr.
    """
    try:
        with bar(name, steps) as step:
            result = asyncio.run(measure(step))
    except (CannotMeasureError, LabError, WaitTimeout, CallRefused, aiohttp.ClientError) as problem:
        print(f"{name}: could not be measured: {problem}", file=sys.stderr)
        return None
    if as_json:
        print(json.dumps(result.as_json(), ensure_ascii=False), flush=True)
    else:
        Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH).print(result.table())
        print(result.line(), flush=True)
    return result


def number(text: str) -> int:
    """Return the number of an option, from 1 up. Raises ArgumentTypeError."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 up")
    return int(text)
