"""The imports of leads and of do-not-call numbers over the API.

One at a time is uploaded and read; ended ones are kept for an hour.

The files are in a folder that only this process may enter. It is deleted with the process, or by the next one.
"""

import asyncio
import fcntl
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ari_app.http.imports.import_bodies import NewDncImportBody, NewImportBody
from warmline.operations.live_records import iso
from warmline.store.leads import number_reads
from warmline.store.leads.dnc_import import DncImportResult
from warmline.store.leads.import_rejects import RejectedLines, RejectedObjects
from warmline.store.leads.lead_import import LeadImportReport
from warmline.text.coded_error import CodedError

PREFIX = "warmline-import-"  # of the folder
TEMPORARY = Path("/var/tmp")  # noqa: S108 - on a disk, while /tmp may be memory; systemd makes it private
KEPT = 3600.0  # seconds for an ended import and its rejected lines
MOST_KEPT = 20
STALLED = 60.0  # seconds without a piece, after which an upload gives up its place
LOOKS = 60.0  # seconds between two looks for files to delete
SPARE = 64 << 20  # bytes of the disk that an upload leaves free


class ImportState(StrEnum):
    """The state of an import."""

    UPLOADING = "uploading"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ImportRefused(CodedError):
    """An import cannot begin now."""


@dataclass(slots=True)
class ImportJob:
    """An import. `received` are its bytes on disk, `read` those that are imported; `seen` is a monotonic time.

    `list_id` is empty for do-not-call numbers.
    """

    id: str
    by: str
    list_id: str
    asked: NewImportBody | NewDncImportBody
    file: Path
    seen: float
    began: int  # microseconds UTC
    state: ImportState = ImportState.UPLOADING
    received: int = 0
    read: int = 0
    report: LeadImportReport | DncImportResult | None = None
    error: CodedError | None = None
    task: asyncio.Task[None] | None = field(default=None, repr=False)
    writing: bool = False  # a piece is being written

    @property
    def target(self) -> str:
        """Return the list that gets the rows, in words."""
        if isinstance(self.asked, NewDncImportBody):
            return number_reads.describe_dnc_list(self.asked.campaign)
        return f"list {self.list_id}"

    @property
    def size(self) -> int:
        """Return the size of the file, in bytes."""
        return int(self.asked.size)

    @property
    def rejected(self) -> Path:
        """Return the file of the rejected lines, which may not exist; its form is that of the imported file."""
        names = (f"{self.file.name}{kind.suffix}" for kind in (RejectedObjects, RejectedLines))
        objects, lines = map(self.file.with_name, names)
        return objects if objects.exists() else lines

    @property
    def is_open(self) -> bool:
        """Return whether the import takes the only place."""
        return self.state in (ImportState.UPLOADING, ImportState.RUNNING)


class ImportJobs:
    """All imports of this process, by id. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._jobs: dict[str, ImportJob] = {}
        self._folder: Path | None = None
        self._lock = -1
        self._next: asyncio.TimerHandle | None = None

    def find(self, job: str, by: str) -> ImportJob | None:
        """Return an import, and note that its client has asked."""
        self._forget()
        if (found := self._jobs.get(job)) and found.by == by:
            found.seen = self._clock()
        return found

    def of(self, by: str) -> list[ImportJob]:
        """Return the imports of a client, the newest first. An upload that has stalled goes on to stall."""
        self._forget()
        return [job for job in reversed(self._jobs.values()) if job.by == by]

    def begin(self, list_id: str, asked: NewImportBody | NewDncImportBody, by: str) -> tuple[ImportJob, bool]:
        """Return the import of a file, and whether it is new. A client that asks again continues its own one.

        Another upload of the same user is ended. Raises ImportRefused if another import is open, or if the disk is too
        full; OSError.
        """
        self._forget()
        for job in [job for job in self._jobs.values() if job.is_open]:
            if (job.list_id, job.asked, job.by) == (list_id, asked, by):
                job.seen = self._clock()
                return job, False
            if job.by != by or job.state is ImportState.RUNNING:
                raise ImportRefused(
                    "import_runs",
                    "an import into {target} by {by} is {state} since {since}, and only one is open at a time; try "
                    "again later",
                    target=job.target,
                    by=job.by,
                    state=job.state,
                    since=iso(job.began),
                )
            self.remove(job)
        folder = self._made()
        if (free := shutil.disk_usage(folder).free) < 2 * asked.size + SPARE:
            raise ImportRefused(
                "import_without_room",
                "the app's machine has {free} MB free for temporary files, and the file of {size} MB needs twice its "
                "size; make room, or import there",
                free=free >> 20,
                size=int(asked.size) >> 20,
            )
        name = secrets.token_hex(8)
        job = ImportJob(name, by, list_id, asked, folder / f"{name}.csv", self._clock(), time.time_ns() // 1000)
        os.close(os.open(job.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        self._jobs[name] = job
        return job, True

    def keep_tidy(self) -> None:
        """Delete the files of old imports now and each minute, until no import is left."""
        self._forget()
        if self._next:
            self._next.cancel()
        self._next = asyncio.get_running_loop().call_later(LOOKS, self.keep_tidy) if self._jobs else None

    def remove(self, job: ImportJob) -> None:
        """End an import, and delete its files; rows that are imported stay."""
        if job.task:
            job.task.cancel()
        self._jobs.pop(job.id, None)
        for file in (job.file, job.rejected):
            file.unlink(missing_ok=True)

    def _forget(self) -> None:
        """Delete uploads that have stalled, and ended imports that are old or too many."""
        now = self._clock()
        for job in list(self._jobs.values()):
            limit = STALLED if job.state is ImportState.UPLOADING else KEPT
            if job.state is not ImportState.RUNNING and now - job.seen > limit:
                self.remove(job)
        ended = [job for job in self._jobs.values() if not job.is_open]
        for job in ended[: max(0, len(ended) - MOST_KEPT)]:
            self.remove(job)

    def _made(self) -> Path:
        """Return the folder. The lock on it ends with this process; folders without a lock are of former ones."""
        while self._folder is None or not self._folder.exists():
            self._unlock()
            delete_former()
            self._folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_above()))  # mode 0700
            with suppress(FileNotFoundError):  # another app that begins can delete it before the lock
                self._lock = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
                fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self._folder

    def close(self) -> None:
        """End all imports, and delete their files."""
        if self._next:
            self._next.cancel()
        for job in list(self._jobs.values()):
            self.remove(job)
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._unlock()
            self._folder = None

    def _unlock(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def delete_former() -> None:
    """Delete the folders of processes that were killed."""
    for former in _above().glob(f"{PREFIX}*"):
        _delete_unlocked(former)


def _above() -> Path:
    return TEMPORARY if os.access(TEMPORARY, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def _delete_unlocked(folder: Path) -> None:
    with suppress(OSError):
        if folder.lstat().st_uid != os.getuid():
            return
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(opened)
