"""`warmline audit verify`: check that no record was removed or changed."""

from dataclasses import asdict
from re import fullmatch
from typing import Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.system import settings

Head = Annotated[
    str,
    typer.Option(
        metavar="HEAD",
        help="A head that an earlier `audit verify` printed. The row with this hash must still exist.",
    ),
]

Files = Annotated[
    bool,
    typer.Option(
        "--files/--no-files",
        help="Check the files of recordings. Use --no-files if these files are on another machine.",
    ),
]
Read = Annotated[
    bool, typer.Option("--read", help="Also read every file and compare its sha256. With many files this takes long.")
]


def show(expect: Head = "", files: Files = True, read: Read = False, as_json: Json = False) -> None:
    from cli.output.progress import progress
    from cli.output.time_format import iso
    from warmline.store.journal import dated_ahead, hash_chain, noted_heads, spill_contents
    from warmline.store.journal.hash_chain import ChainFinding
    from warmline.store.recordings.recording_places import every_place
    from warmline.store.reports.recording_files import RecordingFiles
    from warmline.store.reports.unfinished_records import loose_ends

    if expect and not fullmatch("[0-9a-f]{64}", expect):
        raise InvalidArgument(
            "chain_head_invalid",
            "--expect {value!r} is invalid; allowed: a head that audit verify printed, 64 letters of 0-9 and a-f",
            value=expect,
        )
    known = settings.load()
    path, recordings = known.db, RecordingFiles(every_place(known), known.db)
    heads = dict(zip(("journal", "config_journal"), hash_chain.heads(path), strict=True))
    with progress("verify") as tell:
        found = hash_chain.verify(path, expect or None, tell)
    gaps = noted_heads.look(path)
    found += [ChainFinding(one.chain, one.noted.seq, one.text()) for one in gaps if one.cause != "restore"]
    restored = [f"{one.chain}: {one.text()}" for one in gaps if one.cause == "restore"]
    found += [ChainFinding("spill file", 0, text) for text in spill_contents.look(path).faults()]
    found += loose_ends(path, recordings if files else None, read=read)
    ahead = dated_ahead.spans(path)
    if as_json:
        findings = [asdict(one) for one in found]
        spans = [one._asdict() | {"until": iso(one.until)} for one in ahead]
        document = {"whole": not found, "findings": findings, "heads": heads, "restored": restored}
        print_json(document | {"dated_ahead": spans})
    elif found:
        rows = [(one.journal, str(one.seq or ""), one.text) for one in found]
        print_table(("records", "row", "what is wrong"), rows, free=("what is wrong",))
    else:
        print("No problems: no record was changed or removed, and every end, code and file exists.")
        print("Note these heads elsewhere: `--expect HEAD` then shows if the newest rows are missing.")
        for name, head in heads.items():
            print(f"{name:<15}{head}")
    notes = [*restored, *(f"{one.text}, at {iso(one.until)}; their times stay" for one in ahead)]
    if notes and not as_json:
        print("\n".join(f"Note: {text}" for text in notes))
    if found:
        raise typer.Exit(ExitCode.FAILED)
