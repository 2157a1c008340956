"""`warmline import vicidial-rows`: leads, numbers, callbacks and past calls of a VICIdial system."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from cli.arguments import completion
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.centre import app_client
from warmline.centre.place import machine
from warmline.options.option_table import ENTITIES, OptionError
from warmline.options.values.option_types import is_zone
from warmline.store.configuration.timezone import timezone
from warmline.store.database.long_writes import importing
from warmline.system.current_user import claimed_name
from warmline.system.settings import Settings
from warmline_contrib.imports.store import import_runs
from warmline_contrib.imports.store.import_runs import ImportedRow
from warmline_contrib.imports.vicidial import source_check
from warmline_contrib.imports.vicidial.import_vicidial import NAMES, Source, csv_text, read_names
from warmline_contrib.imports.vicidial.new_names import NewNames
from warmline_contrib.imports.vicidial.rows.call_conversion import IN, OUT, RECORDINGS, TIMES, CallReader
from warmline_contrib.imports.vicidial.rows.dnc_and_callbacks import CALLBACKS, CAMPAIGN_DNC, DNC, OtherReader
from warmline_contrib.imports.vicidial.rows.lead_conversion import LEADS, LeadReader
from warmline_contrib.imports.vicidial.rows.row_import import RowImport
from warmline_contrib.imports.vicidial.source import LARGEST, VicidialSource, opened, shown, whole

REFUSED = "vicidial-refused.csv"
MOST_REFUSED = 100_000  # lines of the file
MOST_REASONS = 20  # lines on the screen
VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|[0-9]+")  # the parts of a reason that are of one row
NAMED = ("campaign", "ingroup", "list", "disposition", "pause-code", "agent")  # kinds that rows name
AGAIN = (DNC, CAMPAIGN_DNC, CALLBACKS)
LAST = f"SELECT max(lead_id) FROM {LEADS} WHERE lead_id < ?"  # noqa: S608 - a constant
Folder = Annotated[
    Path,
    typer.Option(
        "--from", metavar="DIR", show_default=False, help="The folder of the files that `import vicidial` has written."
    ),
]
Zone = Annotated[
    str,
    typer.Option(
        "--source-timezone",
        metavar="ZONE",
        help="The time zone of the old server, such as America/Chicago. Without it, that of the setting timezone.",
        autocompletion=completion.time_zones,
    ),
]
Utf8 = Annotated[bool, typer.Option("--text-is-utf8", help="Read texts as UTF-8 that tables have as latin1.")]
WithoutCalls = Annotated[
    bool, typer.Option("--without-calls", help="Leave out past calls, agents' times and recordings.")
]


@dataclass
class RowsReport:
    """How many rows of each table were read and are new, and how many were refused, with the reasons."""

    read: dict[str, int] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: float = 0.0
    longest_held_ms: float = 0.0


def rows(
    source: Source,
    folder: Folder,
    zone: Zone = "",
    text_is_utf8: Utf8 = False,
    without_calls: WithoutCalls = False,
    as_json: Json = False,
) -> None:
    settings = own_settings()
    began = time.monotonic()
    report = RowsReport()
    refused: list[tuple[str, str, str]] = []

    def refuse(table: str, key: str, why: str) -> None:
        report.refused[table] += 1
        report.reasons[table, VALUE.sub("…", why.partition(": ")[0])] += 1
        if len(refused) < MOST_REFUSED:
            refused.append((table, key, why))

    with opened(source) as one, importing(settings.db):
        at = _zone(one, zone or timezone(settings.db) or "UTC")
        names = NewNames(read_names(folder / NAMES))
        db = import_runs.opened(settings.db)
        try:
            for kind in NAMED:
                there = db.execute(f'SELECT id FROM "{ENTITIES[kind].table}"')  # noqa: S608 - a name of the code
                names.learn(kind, (one for (one,) in there))
            run = import_runs.begun(db, shown(source), claimed_name(), AGAIN)
            text = source_check.repaired if text_is_utf8 else _same
            shared = RowImport(one, db, run.number, names, at, time.time_ns() // 1000, text, refuse)
            for table, read in _tables(shared, run.keep_ids, without_calls):
                report.read[table], report.new[table] = run.write(table, read(run.places.get(table, "")))
                report.longest_held_ms = max(report.longest_held_ms, run.longest_held_ms)
            run.end()
        finally:
            db.close()
    report.seconds = time.monotonic() - began
    _write_refused(folder / REFUSED, refused)
    _print(report, folder, as_json)


def own_settings() -> Settings:
    """Return the settings of this machine. Raises OptionError if a login leads to an app elsewhere."""
    found = machine(app_client.records())
    if found is None:
        raise OptionError("import_rows_local", "rows are imported on the machine of the app; log in there")
    return found


def _tables(
    rows: RowImport, keep_ids: Callable[[int], None], without_calls: bool
) -> Iterator[tuple[str, Callable[[str], Iterator[ImportedRow]]]]:
    """Yield each table with what reads its rows behind a key, in the order in which rows need others."""
    found = rows.source.rows(LAST, (LARGEST,)) if rows.source.columns(LEADS) else [(0,)]
    keep_ids(whole(found[0][0]))
    yield LEADS, LeadReader(rows).rows
    other = OtherReader(rows)
    yield DNC, other.numbers
    yield CAMPAIGN_DNC, other.numbers_of_campaigns
    yield CALLBACKS, other.callbacks
    if without_calls:
        return
    calls = CallReader(rows)
    yield OUT, calls.outgoing
    yield IN, calls.incoming
    yield TIMES, calls.times
    yield RECORDINGS, calls.recordings


def _zone(source: VicidialSource, name: str) -> ZoneInfo:
    """Return the time zone of the source, which its calls must not contradict. Raises OptionError."""
    if not is_zone(name):
        raise OptionError(
            "import_zone_unknown",
            "--source-timezone {zone} is unknown; allowed: names such as America/Chicago",
            zone=name,
        )
    found = ZoneInfo(name)
    if wrong := source_check.contradiction(source, found):
        raise OptionError(
            "import_zone_wrong",
            "the calls of the source are not in {zone}: at {epoch} its clock showed {local}; give --source-timezone",
            zone=name,
            epoch=wrong[1],
            local=wrong[0],
        )
    return found


def _same(text: str) -> str:
    return text


def _write_refused(file: Path, found: list[tuple[str, str, str]]) -> None:
    if found:
        file.write_text(csv_text(("table", "key", "why"), found), encoding="utf-8", newline="")


def _print(report: RowsReport, folder: Path, as_json: bool) -> None:
    if as_json:
        found = [
            {"table": table, "read": read, "new": report.new[table], "refused": report.refused[table]}
            for table, read in report.read.items()
        ]
        reasons = [{"table": table, "why": why, "rows": rows} for (table, why), rows in report.reasons.items()]
        print_json({"tables": found, "reasons": reasons, "seconds": round(report.seconds, 1),
                    "longest_held_ms": round(report.longest_held_ms, 1)})  # fmt: skip
        return
    lines = [
        (table, str(read), str(report.new[table]), str(report.refused[table])) for table, read in report.read.items()
    ]
    print_table(("table", "read", "new", "refused"), lines)
    if report.reasons:
        print()
        most = report.reasons.most_common(MOST_REASONS)
        print_table(("table", "rows", "why"), [(table, str(count), why) for (table, why), count in most])
        print(f"each refused row: {folder / REFUSED}")
    print()
    print(f"{report.seconds:.0f} s; the write lock was held for {report.longest_held_ms:.0f} ms at most")
