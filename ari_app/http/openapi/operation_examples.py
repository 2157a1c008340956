"""Examples of the operations: what a request names besides its body, and what the API answers it.

`python -m tests.http.api_examples` records them: it sends each request to the API in a world of tests.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

FILE = Path(__file__).with_name("operation_examples.json")


class OperationExample(Struct, frozen=True):
    """The values of parameters in a request's path and query, and the answer: its status, and its JSON or text."""

    path: dict[str, str]
    query: dict[str, Any]
    status: int
    answer: Any


@cache
def recorded() -> Mapping[str, OperationExample]:
    """Return the examples by the names of the operations."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, OperationExample])
