"""`warmline man`: the manual pages."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output.json_output import Json, print_json
from warmline.system import whole_file

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        show_default=False,
        readable=False,
        help="The folder for the pages. The command creates a missing folder.",
    ),
]


def man(context: typer.Context, folder: Folder, as_json: Json = False) -> None:
    from importlib.metadata import version

    from cli.help.man_page import pages

    root: Any = context.find_root().command
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in pages(root.load_all(), version("warmline")):
        whole_file.write(folder / name, text)
        written.append(str(folder / name))
    if as_json:
        print_json({"files": written})
    else:
        print(f"{len(written)} manual pages written into {folder}")
