"""Imports a file at the app of a login: uploads it in pieces, follows the import, and fetches rejected lines."""

import hashlib
import os
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

import msgspec

from cli.leads.import_progress import GO_ON
from warmline.centre import app_client
from warmline.centre.app_answer import AppAnswer, AppAway, AppRefused, InvalidInput
from warmline.centre.login_file import AppLogin
from warmline.centre.remote_connection import RemoteConnection
from warmline.leads import ndjson_reader
from warmline.options.values.entity import OptionError
from warmline.store.database.errors import NotFound
from warmline.store.leads.dnc_import import DncImportResult
from warmline.store.leads.duplicate_leads import DuplicateRule
from warmline.store.leads.import_rejects import RejectedLines, RejectedObjects, unwritten
from warmline.store.leads.lead_batches import MOST_BYTES, PIECE
from warmline.store.leads.lead_import import LeadImportReport

SILENT = 30.0  # seconds
LOOKS = 0.5  # seconds between two looks at the import
RETRY, TRIES = 1.0, 30  # seconds between two tries of a request, while the app cannot be reached
# Codes of imports that failed because of the file or of `--columns`. Any other code is about the app.
OF_FILE = (
    "csv_is_workbook",
    "csv_first_line_foreign",
    "csv_first_line_too_long",
    "csv_column_unknown",
    "csv_column_twice",
    "csv_no_number_column",
    "dnc_no_number_column",
    "encoding_name_unknown",
    "file_without_text",
    "text_encoding_unknown",
    "lead_field_unknown",
)
NOT_NOW = ("app_full", "url_silent", "url_unreachable")  # codes of errors that may pass
T = TypeVar("T")


class SentFile(NamedTuple):
    """A file to upload, the file beside which its rejected lines are put, and its encoding, or ""."""

    file: Path
    named: Path
    encoding: str = ""


Report = TypeVar("Report", LeadImportReport, DncImportResult)


def leads(
    login: AppLogin,
    file: SentFile,
    list_id: str,
    fields: Mapping[str, str],
    rule: DuplicateRule,
    progress: Callable[[int], None],
    *,
    dry_run: bool,
) -> LeadImportReport:
    """Import a file of leads; `progress` is called with about how many of its bytes are done.

    Raises OSError (the file), OptionError, NotFound (list), AppAway, AppRefused.
    """
    asked = {"columns": dict(fields), "duplicates": rule.where, "duplicate_days": rule.days, "dry_run": dry_run}
    ended = _run(login, file, f"lists/{quote(list_id, safe='')}/imports", asked, progress)
    return _saved(login, file, ended, msgspec.convert(ended["report"], LeadImportReport))


def numbers(
    login: AppLogin, file: SentFile, campaign: str, why: str, progress: Callable[[int], None], *, dry_run: bool
) -> DncImportResult:
    """Import a file of do-not-call numbers; `progress` is as for leads.

    Raises OSError (the file), OptionError, NotFound (campaign), AppAway, AppRefused.
    """
    ended = _run(login, file, "dnc/imports", {"campaign": campaign, "why": why, "dry_run": dry_run}, progress)
    return _saved(login, file, ended, msgspec.convert(ended["numbers"], DncImportResult))


def _run(
    login: AppLogin, sent: SentFile, path: str, options: Mapping[str, object], progress: Callable[[int], None]
) -> dict[str, Any]:
    """Upload a file, and return its import when that is done. Raises the errors of both imports."""
    with sent.file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        size = opened.tell()
        if size > MOST_BYTES:
            raise OptionError(
                "import_too_large",
                "{file} has {size} MB; allowed: {most} MB over HTTPS; split it, or import it on the app's machine",
                file=sent.named,
                size=size >> 20,
                most=MOST_BYTES >> 20,
            )
        asked = {"size": size, "sha256": sha256, **options} | ({"encoding": sent.encoding} if sent.encoding else {})
        job: dict[str, Any] = app_client.send(login, "POST", path, asked, silent=SILENT)
        _delete_rejects(_rejects(sent))  # of an earlier import
        address = _address(job)
        try:
            while job["state"] == "uploading":
                opened.seek(job["received"])
                piece = {"offset": job["received"], "data": b64encode(opened.read(PIECE)).decode()}
                if not piece["data"]:
                    raise OptionError(
                        "import_file_changed", "{file} has become shorter; import it again", file=sent.named
                    )
                job = _asked(login, "PUT", address, piece)
                progress(job["received"] // 2)
            while job["state"] == "running":
                progress((size + job["read"]) // 2)
                time.sleep(LOOKS)
                job = _asked(login, "GET", address)
        except KeyboardInterrupt:
            _delete(login, address)
            raise
    if job["state"] == "failed":
        _delete(login, address)
        failed = InvalidInput if job["code"] in OF_FILE else AppRefused  # a wrong file is wrong on any machine
        raise failed(job["code"], "{why}", why=job["why"])
    return job


def _saved(login: AppLogin, file: SentFile, job: Mapping[str, Any], report: Report) -> Report:
    """Save the rejected lines of an import that is done, and return its report."""
    if report.rejects:
        _again(lambda: _save(login, f"{_address(job)}/rejected", _rejects(file)))
        report.rejects = str(_rejects(file))
    _delete(login, _address(job))
    return report


def _address(job: Mapping[str, Any]) -> str:
    return f"imports/{job['id']}"


def _rejects(sent: SentFile) -> Path:
    kind = RejectedObjects if ndjson_reader.is_ndjson(sent.file) else RejectedLines
    return sent.named.with_name(f"{sent.named.name}{kind.suffix}")


def _delete(login: AppLogin, address: str) -> None:
    """End an import and delete its files, which the app would do in an hour."""
    with suppress(AppAway, AppRefused, NotFound):
        app_client.send(login, "DELETE", address)


def _delete_rejects(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise unwritten(file, error) from None


def _save(login: AppLogin, address: str, target: Path) -> None:
    """Write the rejected lines into a file that only its owner can read."""
    with closing(RemoteConnection(login, SILENT)) as app:
        found = app.fetch(address)
        if isinstance(found, AppAnswer):
            app_client.check_rights(app, found)
            raise app.not_ours()
        _delete_rejects(target)
        try:
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for piece in found.pieces:
                    file.write(piece)
        except OSError as error:
            raise unwritten(target, error) from None


def _asked(login: AppLogin, method: str, address: str, given: Mapping[str, object] | None = None) -> Any:
    """Send a request about the import, and return how far it is. Raises AppAway, AppRefused."""
    try:
        return _again(lambda: app_client.send(login, method, address, given, silent=SILENT))
    except NotFound:
        raise AppAway(
            "import_lost",
            "the import ended: the app was started again, or its user began another; {go_on}",
            go_on=GO_ON,
        ) from None
    except AppAway as error:
        raise error.hinting(GO_ON) from None


def _again(ask: Callable[[], T]) -> T:
    """Return the answer to a request, which is sent again while the app cannot be reached. Raises AppAway."""
    for left in reversed(range(TRIES)):
        try:
            return ask()
        except AppAway as error:
            if not left or error.code not in NOT_NOW:
                raise
            time.sleep(RETRY)
    raise AssertionError
