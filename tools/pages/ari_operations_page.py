"""Writes the reference page of `ari.api` from the record of Asterisk's operations: see tools/ari_operations.py."""

from tools import ari_operations, ari_types
from tools.ari_operations import Operation, to_answer, to_snake, to_words
from tools.pages.marked_text import GENERATED, cell, rows, whole_page

PAGE = GENERATED / "ari-operations.md"
HEAD = """`ari.api` has a method for each operation of Asterisk's ARI, such as `await ari.api.channels.mute(channel.id,
direction="in")`. [Write an ARI script](../../how-to/ari-scripts.md#events-and-requests-of-all-kinds) says what holds
for all of them. A parameter that is not given is not sent. The answers are types of `warmline.ari.resources`."""


def filled(_text: str) -> str:
    """Return the page."""
    operations = ari_operations.recorded()
    *others, last = map(ari_types.short, ari_types.VERSIONS)
    versions = f"The operations are those of Asterisk {', '.join(others)} and {last}."
    values = [
        f"- `{name}`: {', '.join(f'`{value}`' for value in parameter.values)}"
        for name, parameter in ari_operations.find_long_values(operations).items()
    ]
    parts = []
    for resource, named in operations.items():
        lines = [_write_row(name, operation) for name, operation in named.items()]
        parts += [f"## {to_snake(resource)}", rows(("method", "request", "since"), *lines)]
    return whole_page("ARI operations", HEAD, versions, *parts, "## Closed values", "\n".join(values))


def _write_row(name: str, operation: Operation) -> tuple[str, str, str]:
    answer = to_answer(operation.answer).replace("resources.", "")
    form = f"{to_snake(name)}({', '.join(ari_operations.list_arguments(operation))}) -> {answer}"
    since = to_words(operation.since) if operation.since else ""
    newer = [
        f"`{to_snake(key)}`: {to_words(parameter.since)}"
        for key, parameter in operation.parameters.items()
        if parameter.since
    ]
    return f"`{cell(form)}`", f"`{operation.method} {operation.path}`", "; ".join(filter(None, [since, *newer]))
