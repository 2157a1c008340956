"""`warmline audit …`: what happened, from the records, and whether the records are whole."""

from dataclasses import asdict
from re import fullmatch
from typing import Annotated

import typer

from warmline import settings
from warmline.cli import audit_agent, audit_ingroup, audit_transfers, audit_webhooks
from warmline.cli.output import Json, console, print_json, print_table

app = typer.Typer(help="What happened, and whether the records are whole.", no_args_is_help=True)
app.command("transfers", epilog="Example: warmline audit transfers --since 7d --by outcome")(audit_transfers.show)
app.command("ingroup", epilog="Example: warmline audit ingroup SALES --since 7d")(audit_ingroup.show)
app.command("agent", epilog="Example: warmline audit agent 1000 --day today")(audit_agent.show)
app.command("webhooks", epilog="Example: warmline audit webhooks --since 1h")(audit_webhooks.show)

Wanted = Annotated[
    str, typer.Argument(metavar="CALL", help="Its id, the beginning of it, its agent API id, or `last`.")
]
Head = Annotated[
    str, typer.Option(metavar="HEAD", help="A head noted earlier: its row must still be there, or the tail was cut.")
]


@app.command(epilog="Example: warmline audit call last")
def call(wanted: Wanted, as_json: Json = False) -> None:
    """One call's whole story: each party's line, the commands, the recordings, the disposition."""
    from warmline.cli import story_json, story_page
    from warmline.store import reports

    story = reports.story(settings.load().db, wanted)
    if as_json:
        print_json(story_json.document(story))
    else:
        story_page.print_page(story, console())


@app.command(epilog="Example: warmline audit verify")
def verify(expect: Head = "", as_json: Json = False) -> None:
    """Whether any record was changed, removed or cut off; exit 1 if so."""
    from warmline.store import chain

    if expect and not fullmatch("[0-9a-f]{64}", expect):
        raise typer.BadParameter(f"{expect!r} is no head: a head has 64 letters of 0-9 and a-f")
    path = settings.load().db
    heads = dict(zip(("journal", "config_journal"), chain.heads(path), strict=True))
    found = chain.verify(path, expect or None)
    if as_json:
        print_json({"whole": not found, "findings": [asdict(one) for one in found], "heads": heads})
    elif found:
        rows = [(one.journal, str(one.seq or ""), one.text) for one in found]
        print_table(("journal", "row", "what is wrong"), rows, free=("what is wrong",))
    else:
        print("Whole: no record was changed or removed.")
        print("The heads, to be noted elsewhere: with --expect HEAD a tail that was cut off shows.")
        for name, head in heads.items():
            print(f"{name:<15}{head}")
    if found:
        raise typer.Exit(1)
