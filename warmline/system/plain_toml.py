"""Reads a settings file that has only plain lines, without `tomllib`: an AGI script reads it for each call."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

TABLE = "[server."  # the beginning of a line


def read(text: str, known: "Container[str]") -> "dict[str, object] | None":
    """Return the values in a file of plain lines, with those of the tables `[server.NAME]` below `server`.

    `known` are the settings outside of the tables. Returns None if the file contains anything else, such as other TOML
    or an error.
    """
    if not text.replace("\n", "").replace("\t", "").isprintable():
        return None
    values: dict[str, object] = {}
    tables: dict[str, object] = {}
    place = values  # of the next line
    for line in text.split("\n"):
        key, _, value = (part.strip(" \t") for part in line.partition("="))
        quote, body = value[:1], value[1:-1]
        if key.startswith("#") or not line.strip(" \t"):
            continue
        if (header := line.strip(" \t")).startswith(TABLE):
            name = header[len(TABLE) : -1]
            if header[-1] != "]" or not _is_word(name) or name in tables:
                return None
            tables[name] = place = {}
            continue
        if key in place or not (key in known if place is values else _is_word(key)):
            return None
        if is_number(value):
            place[key] = int(value)
        elif len(value) > 1 and quote in "\"'" and value[-1] == quote and not {quote, "\\"} & set(body):
            place[key] = body
        else:
            return None
    return values | {"server": tables} if tables else values


def _is_word(text: str) -> bool:
    """Return whether TOML takes a text as a name without quotation marks."""
    return text.isascii() and text.replace("_", "a").isalnum()


def is_number(text: str) -> bool:
    """Return whether TOML takes a text as a whole number, which is not negative."""
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and len(text) < 19
