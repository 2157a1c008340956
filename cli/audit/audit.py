"""`warmline audit …`: what happened, from the records, and whether the records are whole."""

from dataclasses import asdict
from re import fullmatch
from typing import Annotated

import typer

from cli.arguments import completion
from cli.audit import (
    audit_agent,
    audit_agents,
    audit_api,
    audit_calls,
    audit_config,
    audit_dispositions,
    audit_ingroups,
    audit_reconcile,
    audit_recordings,
    audit_replay,
    audit_transfers,
    audit_webhooks,
)
from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import console
from cli.output.table import print_table
from warmline.system import settings

app = typer.Typer(help="What happened, and whether the records are whole.", no_args_is_help=True)
REPORTS = {
    "calls": (audit_calls, "--since yesterday --ingroup SALESLINE --outcome missed"),
    "transfers": (audit_transfers, "--since 7d --by outcome"),
    "recordings": (audit_recordings, "--day yesterday --wrong"),
    "agents": (audit_agents, "--day today --csv"),
    "agent": (audit_agent, "1000 --day today"),
    "ingroups": (audit_ingroups, "SALESLINE --since 7d"),
    "dispositions": (audit_dispositions, "--between 2026-11-01..2026-12-01 --campaign TESTCAMP"),
    "config": (audit_config, "--since 7d --who ada"),
    "api": (audit_api, "--since 1h --by 6666"),
    "webhooks": (audit_webhooks, "--since 1h"),
}
for name, (module, example) in REPORTS.items():
    app.command(name, epilog=f"Example: warmline audit {name} {example}")(module.show)

Wanted = Annotated[
    str,
    typer.Argument(
        metavar="CALL",
        help="Its id, the beginning of it, its agent API id, or `last`.",
        autocompletion=completion.calls,
    ),
]
Head = Annotated[
    str, typer.Option(metavar="HEAD", help="A head noted earlier: its row must still be there, or the tail was cut.")
]

Files = Annotated[
    bool, typer.Option("--files/--no-files", help="Look for the recordings' files; not, where they are elsewhere.")
]
Read = Annotated[bool, typer.Option("--read", help="Read each of them, and compare its sha256: as slow as the disk.")]


@app.command(epilog="Example: warmline audit call last")
def call(wanted: Wanted, as_json: Json = False) -> None:
    """One call's whole story: each party's line, the commands, the recordings, the disposition."""
    from cli.audit import timeline_json, timeline_page
    from warmline.store.reports import call_story

    story = call_story.story(settings.load().db, wanted)
    if as_json:
        print_json(timeline_json.document(story))
    else:
        timeline_page.print_page(story, console())


app.command("reconcile", epilog="Example: warmline audit reconcile --cdr /var/log/asterisk/cdr-csv/Master.csv")(
    audit_reconcile.show
)
app.command("replay", epilog="Example: warmline audit replay last")(audit_replay.show)


@app.command(epilog="Example: warmline audit verify")
def verify(expect: Head = "", files: Files = True, read: Read = False, as_json: Json = False) -> None:
    """Whether any record was changed, removed or cut off, or anything has no end, code or file; exit 1 if so."""
    from cli.output.progress import progress
    from warmline.store.journal import hash_chain
    from warmline.store.reports.recording_files import RecordingFiles
    from warmline.store.reports.unfinished_records import loose_ends

    if expect and not fullmatch("[0-9a-f]{64}", expect):
        raise typer.BadParameter(f"{expect!r} is no head: a head has 64 letters of 0-9 and a-f")
    known = settings.load()
    path, recordings = known.db, RecordingFiles(known.recordings, known.db)
    heads = dict(zip(("journal", "config_journal"), hash_chain.heads(path), strict=True))
    with progress("verify") as tell:
        found = hash_chain.verify(path, expect or None, tell)
    found += loose_ends(path, recordings if files else None, read=read)
    if as_json:
        print_json({"whole": not found, "findings": [asdict(one) for one in found], "heads": heads})
    elif found:
        rows = [(one.journal, str(one.seq or ""), one.text) for one in found]
        print_table(("records", "row", "what is wrong"), rows, free=("what is wrong",))
    else:
        print("Whole: no record was changed or removed, and nothing lacks its end, its code or its file.")
        print("The heads, to be noted elsewhere: with --expect HEAD a tail that was cut off shows.")
        for name, head in heads.items():
            print(f"{name:<15}{head}")
    if found:
        raise typer.Exit(ExitCode.FAILED)
