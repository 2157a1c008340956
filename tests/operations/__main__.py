"""Writes `answers.txt` again."""

import tempfile
from pathlib import Path

from lab import configure
from tests.http.people.people_site import add_people
from tests.operations.answers import FILE, text_of, try_operation
from tests.operations.operation_world import operation_world
from warmline.operations.operation_table import all_operations

with tempfile.TemporaryDirectory() as folder:
    configure.fill(database := Path(folder, "people.db"), [])
    add_people(database)
    with operation_world(database) as world:
        FILE.write_text(text_of({operation: try_operation(world, operation) for operation in all_operations()}))
