"""The bodies of requests about imports, and of their answers."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from warmline.operations.live_records import Time
from warmline.store.leads.import_rejects import RejectReason
from warmline.store.leads.lead_batches import MOST_BYTES, PIECE

MOST_COLUMNS = 200
NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
BASE64 = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"


Encoding = Annotated[str, Meta(max_length=60, pattern="^[A-Za-z0-9_:. -]*$", examples=["windows-1252"])]
FileSize = Annotated[float, Meta(ge=0, le=MOST_BYTES, multiple_of=1, examples=[1048576])]  # 7.0 is an integer too
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64, examples=["e3b0c442" * 8])]


class NewImportBody(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file that will be uploaded, and how it is imported. `sha256` is that of the file, in hex.

    `encoding` names the encoding of a file in neither UTF-8 nor UTF-16, which is refused without it.
    `columns` maps names of the file to fields of a lead. `duplicates` also leaves out the numbers that the list, the
    campaign or the system has; with `duplicate_days`, only leads of so many days count.
    """

    size: FileSize
    sha256: Sha256
    columns: Annotated[dict[str, str], Meta(max_length=MOST_COLUMNS)] = {}
    encoding: Encoding = ""
    duplicates: Literal["", "list", "campaign", "system"] = ""
    duplicate_days: Annotated[float, Meta(ge=0, le=3660, multiple_of=1)] = 0
    dry_run: bool = False


class NewDncImportBody(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file with do-not-call numbers that will be uploaded. `sha256` is that of the file, in hex.

    The numbers are put on the list of the `campaign`, or on the system's if it is empty, with the reason `why`.
    `encoding` is as for leads.
    """

    size: FileSize
    sha256: Sha256
    campaign: Annotated[str, Meta(max_length=20)] = ""
    encoding: Encoding = ""
    why: Annotated[str, Meta(pattern=NO_CONTROL, max_length=200, examples=["list of the authority"])] = ""
    dry_run: bool = False


class ImportPieceBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The bytes of the file from `offset` on, in base64; at most 256 KiB."""

    offset: Annotated[float, Meta(ge=0, le=MOST_BYTES, multiple_of=1)]
    data: Annotated[str, Meta(pattern=BASE64, max_length=4 * -(-PIECE // 3), examples=["cGhvbmVfbnVtYmVyCg=="])]


class ImportReport(Struct, frozen=True):
    """The counts of an import of leads. `unknown` columns were left out; `columns` are the others.

    `in_database` are the duplicates that were there before; the others are in the file twice. `preview` has the first
    leads. `nulls` values NULL were read as empty. `unplaced` leads have no time zone, and are not dialled
    automatically. `rejects` is the address of the rejected lines, or empty.
    """

    encoding: str
    unknown: tuple[str, ...]
    records: int
    imported: int
    duplicates: int
    in_database: int
    columns: tuple[tuple[str, str], ...]
    preview: tuple[dict[str, str | int], ...]
    reasons: tuple[RejectReason, ...]
    rejected: int
    seconds: float
    longest_held_ms: float
    rejects: str
    nulls: int
    unplaced: int


class DncImportReport(Struct, frozen=True):
    """The counts of an import of do-not-call numbers. `numbers` are those of the file; `created` of them are new.

    The list had those that were `there`, or they are in the file twice. `rejects` is the address of the rejected lines,
    or empty.
    """

    numbers: int
    created: int
    there: int
    rejected: int
    rejects: str
    reasons: tuple[RejectReason, ...]


class ImportNow(Struct, frozen=True):
    """An import: uploading, running, done or failed. `received` are its uploaded bytes, `read` the imported ones.

    `began` is when its upload began. A `dry_run` adds nothing.

    Leads are imported into the `list`; it is empty for do-not-call numbers. `report` or `numbers` has the counts at the
    end, and in its `rejects` the address of the rejected lines. `code` and `why` are those of an error, after which
    imported rows stay.
    """

    id: str
    list: str
    by: str
    began: Time
    dry_run: bool
    state: str
    size: int
    received: int
    read: int
    report: ImportReport | None
    numbers: DncImportReport | None
    code: str
    why: str
