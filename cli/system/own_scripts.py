"""`warmline own-script new`: AGI and ARI scripts of one's own."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.output.json_output import Json, print_json


def new(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", show_default=False, help="A word of small letters, digits and _; with --ari also -."
        ),
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Write the files to this folder.")] = Path(),
    ari: Annotated[bool, typer.Option("--ari", help="Write an ARI script, a program that serves calls.")] = False,
    as_json: Json = False,
) -> None:
    from cli.system import ari_skeleton, script_skeleton
    from warmline.ari.script_name import to_application

    files = ari_skeleton.write(name, to) if ari else script_skeleton.write(name, to)
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    if ari:
        script, test, unit = files
        print(f"{script}: the script; send it calls with Stasis({to_application(name)}) in the dialplan")
        print(f"{unit}: a unit for systemd, which runs it; its first lines say how to install it")
    else:
        script, *sessions, test = files
        use = f"copy it to Asterisk's folder of AGI scripts, and call AGI({name}) in the dialplan"
        print(f"{script}: the script; {use}")
        for session in sessions:
            print(f"{session}: a recorded session of it")
    print(f"{test}: its test; run it with: {sys.executable} {test}")
