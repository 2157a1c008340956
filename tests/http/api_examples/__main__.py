"""Records the examples of all operations of the JSON API again: python -m tests.http.api_examples."""

import sys
import tempfile
from pathlib import Path

from lab import configure
from tests.http.api_examples import recorded_examples
from tests.http.api_examples.example_world import example_world
from tests.internals.json_api import operation_examples

with tempfile.TemporaryDirectory() as folder:
    configure.fill(demo := Path(folder, "demo.db"), [])
    with example_world(demo, Path(folder)) as world:
        found = recorded_examples.record(world)
operation_examples.FILE.write_bytes(recorded_examples.written(found))
sys.stdout.write(f"{len(found)} examples\n")
