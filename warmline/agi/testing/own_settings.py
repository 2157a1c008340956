"""The settings of a tested script: it works on the database of the test, and on no other one of this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

CLEARED = ("WARMLINE_CONFIG", "WARMLINE_HOOKS", "WARMLINE_FASTAGI")


@contextmanager
def of_test(db: str | Path) -> Iterator[Path]:
    """Set the environment of a script within the block; yield an empty folder. The spool is beside the database.

    Without `db`, functions of the script that read a database fail.
    """
    with TemporaryDirectory(prefix="warmline-") as empty:
        folder = Path(db).absolute().parent if db else Path(empty)
        own = {
            "WARMLINE_DB": str(Path(db).absolute() if db else folder / "warmline.db"),
            "WARMLINE_SPOOL": str(folder / "spool"),
            "WARMLINE_RUN": empty,
        }
        kept = {name: value for name, value in os.environ.items() if name not in CLEARED}
        with mock.patch.dict(os.environ, {**kept, **own}, clear=True):
            yield Path(empty)
