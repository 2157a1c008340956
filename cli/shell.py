"""`warmline completion`: what makes a shell offer commands, names and options at the Tab key."""

import os
from enum import StrEnum
from typing import Annotated

import typer

OF_FILES = (
    "config",
    "import",
    "db",
    "lab",
    "reconcile",
    "simulate",
    "install",
    "uninstall",
    "privacy",
)  # commands that take a file or a folder
ASKED = "_WARMLINE_COMPLETE"  # set by the shell when the Tab key is pressed


class Shell(StrEnum):
    """A shell with completion."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


def completion(shell: Annotated[Shell, typer.Argument(metavar="bash|zsh|fish", show_default=False)]) -> None:
    """Print the script that makes a shell offer commands, names from the database, options and values."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # public in all but name

    script = get_completion_script(prog_name="warmline", complete_var=ASKED, shell=shell)
    if shell is Shell.bash:  # no blank after `option=`, and no file's name where none can be meant
        end = "    return 0\n"
        no_blank = "    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
        files = "|".join(f'*" {word} "*' for word in OF_FILES)
        words = '" $(printf "%s " "${COMP_WORDS[@]}")"'
        no_folder = f"    case {words} in {files}) ;; *) compopt +o default 2>/dev/null ;; esac\n"
        script = script.replace(end, no_blank + no_folder + end)
    print(script)


def asks() -> bool:
    """Whether it is the Tab key that has started this process."""
    return ASKED in os.environ


def prepared() -> str:
    """Make ready to answer; the first word after `warmline`, if it is whole."""
    from typer.completion import completion_init  # type: ignore[attr-defined]  # as above

    completion_init()
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    words = line.split()
    return words[1] if len(words) > 2 or (len(words) == 2 and line.endswith((" ", "\n"))) else ""
