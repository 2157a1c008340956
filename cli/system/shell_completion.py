"""`warmline completion`: shell completion of commands, names and options."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.arguments.completion import ASKED

OF_FILES = (
    "config",
    "certificate",
    "import",
    "db",
    "lab",
    "simulate",
    "install",
    "uninstall",
    "privacy",
    "man",
)  # commands that take a file or a folder


class Shell(StrEnum):
    """A shell with completion."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


def completion(
    shell: Annotated[Shell, typer.Argument(metavar="bash|zsh|fish", show_default=False, help="The shell.")],
) -> None:
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # public in all but name

    script = get_completion_script(prog_name="warmline", complete_var=ASKED, shell=shell)
    if shell is Shell.bash:  # no space after `option=`, and no file names for arguments that are not files
        end = "    return 0\n"
        no_blank = "    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
        files = "|".join(f'*" {word} "*' for word in OF_FILES)
        words = '" $(printf "%s " "${COMP_WORDS[@]}")"'
        no_folder = f"    case {words} in {files}) ;; *) compopt +o default 2>/dev/null ;; esac\n"
        script = script.replace(end, no_blank + no_folder + end)
    print(script)


def prepare() -> None:
    """Prepare to answer a completion request."""
    from typer.completion import completion_init  # type: ignore[attr-defined]  # as above

    completion_init()
