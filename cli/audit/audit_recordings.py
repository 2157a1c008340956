"""`warmline audit recordings`: what was recorded and why, and whether each file is still unchanged."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.arguments.call_filter_options import Agent, Campaign, Ingroup, Number, asked_calls
from cli.arguments.time_options import Period
from cli.audit.report_options import none_found, report, stretch
from cli.audit.report_writer import CODE, COUNT, ID, NAME, SERVER, TEXT, TIME, ReportColumn, ReportWriter, ValueFormat
from cli.output.exit_codes import ExitCode
from cli.output.table import Narrow
from cli.output.time_format import length as told
from warmline.system import settings

MILLISECONDS = ValueFormat(lambda length: told(length * 1000), lambda length: length, "_ms", right=True)
COLUMNS = (
    ReportColumn("asked", TIME, "when"),
    ReportColumn("customer", CODE),
    ReportColumn("agent", CODE, spare=2),
    ReportColumn("full_name", NAME, "name", spare=4),
    ReportColumn("kind", CODE, spare=1),
    ReportColumn("reason", ValueFormat(str, TEXT.told, narrow=Narrow.TEXT, least=12), "why"),
    ReportColumn("length", MILLISECONDS),
    ReportColumn("missing", MILLISECONDS._replace(if_any=True)),
    ReportColumn("status", CODE, spare=3),
    ReportColumn("file", CODE),
    ReportColumn("server", SERVER, spare=4),
    ReportColumn("path", spare=4),
    ReportColumn("call", ID),
    ReportColumn("bytes", COUNT, ""),
    ReportColumn("sha256", head=""),
    ReportColumn("notice", head=""),
    ReportColumn("cause", head=""),
    ReportColumn("started", TIME, ""),
    ReportColumn("ended", TIME, ""),
    ReportColumn("converted_path", head=""),
    ReportColumn("converted_sha256", head=""),
    ReportColumn("id", head=""),
)

Read = Annotated[
    bool, typer.Option("--read", help="Also read every file and compare its sha256. With many files this takes long.")
]
Wrong = Annotated[
    bool,
    typer.Option("--wrong", help="Only recordings whose file is missing, changed, unreadable, short or without sound."),
]


@report
def show(
    of: Period,
    out: ReportWriter,
    campaign: Campaign = "",
    ingroup: Ingroup = "",
    agent: Agent = "",
    number: Number = "",
    read: Read = False,
    wrong: Wrong = False,
) -> None:
    from warmline.store.recordings.recording_places import every_place
    from warmline.store.reports.recording_files import RecordingFiles
    from warmline.store.reports.recordings import WRONG, missing_of, recordings, state_of

    asked = asked_calls(of, campaign, ingroup, agent, number)
    bad, known = 0, settings.load()
    files = RecordingFiles(every_place(known), known.db)

    def found() -> Iterator[dict[str, Any]]:
        nonlocal bad
        for row in recordings(known.db, asked, of.now):
            row["file"], row["missing"] = state_of(row, files, read=read), missing_of(row) or None
            bad += row["file"] in WRONG
            if not wrong or row["file"] in WRONG:
                yield row

    if not out.print("recordings", COLUMNS, found(), stretch(of), lambda: {"wrong": bad}):
        none_found(out, "recording whose file is wrong" if wrong else "recording", of)
    if bad:
        raise typer.Exit(ExitCode.FAILED)
