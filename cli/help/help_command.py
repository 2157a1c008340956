"""`warmline help`: the topics, one topic, or the help of a command."""

from typing import Annotated, Any

import typer

from cli.help.topics import Topic, all_topics, find_topic
from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.tree.former_commands import GONE, GoneCommandError

WIDTH = 78  # columns


def topics(incomplete: str) -> list[str]:
    """Offer the topics and the commands of `warmline`."""
    from cli.arguments.completion import beginning
    from cli.tree.root_rows import ROOT

    return beginning(incomplete, (*(topic.name for topic in all_topics()), *(row.name for row in ROOT)))


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TOPIC]",
        show_default=False,
        autocompletion=topics,
        help="A topic, or the words of a command. Without it, all topics are listed.",
    ),
]


def help_(context: typer.Context, words: Words = None, as_json: Json = False) -> None:
    if not words:
        _list(as_json)
    elif gone := next((one for one in GONE if tuple(words[: len(one)]) == one), None):
        raise GoneCommandError(gone)  # before the topics: `hook` is the beginning of one
    elif topic := find_topic(words):
        _show(topic, as_json)
    else:
        _show_command(context, words)


def _list(as_json: bool) -> None:
    if as_json:
        print_json([_document(topic) for topic in all_topics()])
        return
    print("Topics:\n")
    width = max(len(topic.name) for topic in all_topics()) + 2
    names, across = sorted((topic.name for topic in all_topics()), key=str.lower), WIDTH // width
    down = -(-len(names) // across)
    for line in range(down):
        print("  " + "".join(name.ljust(width) for name in names[line::down]).rstrip())
    print("\nA topic: warmline help TOPIC, such as: warmline help warm transfer\nAll commands: warmline -h")


def _show(topic: Topic, as_json: bool) -> None:
    if as_json:
        print_json(_document(topic))
        return
    from textwrap import fill

    print(f"{topic.name[0].upper()}{topic.name[1:]}\n\n{fill(topic.text, WIDTH)}\n")
    for command, what in topic.commands:
        print(f"  warmline {command}\n      {what[0].upper()}{what[1:]}.")
    print(f"\nMore: {topic.page}")


def _show_command(context: typer.Context, words: list[str]) -> None:
    from cli.help.word_search import search, told

    root = context.find_root()
    group: Any = root.command
    here = root
    for name in words:
        if name not in getattr(group, "rows", ()):
            break
        group = group.load(name)
        here = type(root)(group, parent=here, info_name=name)
    else:
        print(group.get_help(here))
        return
    nearest = told(search(words))
    complain(
        f"there is no topic or command {' '.join(words)!r}{'; nearest:' if nearest else '.'}{nearest}\n"
        "All topics: warmline help. All commands: warmline -h"
    )
    raise typer.Exit(ExitCode.NOT_FOUND)


def _document(topic: Topic) -> dict[str, Any]:
    return topic._asdict() | {"commands": [f"warmline {command}" for command, _ in topic.commands]}
