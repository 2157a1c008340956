"""The data that goes with a call: names and texts from the dialplan. AGI scripts load it, so it imports nothing.

All of it is untrusted. A text that breaks a limit is left out, and a sentence about it becomes a routing step.
"""

PRIORITY = "*"  # begins a word of Stasis() with the call's own priority; a word with data begins with a letter or !
PRIORITY_MAX = 99  # of a call's own priority, and -99
MOST = 32  # items
LONGEST = 500  # characters of a value
TOGETHER = 4000  # bytes of all names and values, as Stasis() takes them; Asterisk cuts a variable at 4095
NAME_LONGEST = 32  # characters
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
IN_NAMES = LETTERS | frozenset("0123456789_")
BESIDE = frozenset("\u200c\u200d\u00a0\u202f\u3000")  # joiners and spaces; isprintable() refuses them
ENCODED_MAX = TOGETHER
NOTE_MAX = 120  # characters
IN_WORDS = IN_NAMES | frozenset("-.~")

Pairs = tuple[tuple[str, str], ...]


def is_name(text: str) -> bool:
    """Return whether this is a name for an item: up to 32 letters, digits and _, a letter first."""
    return 0 < len(text) <= NAME_LONGEST and text[0] in LETTERS and IN_NAMES.issuperset(text)


def item_of_header(header: str) -> str:
    """Return the item with the value of a SIP header: X-Ticket is x_ticket."""
    return header.lower().replace("-", "_")


def checked(items: "list[tuple[str, str]] | Pairs") -> tuple[Pairs, tuple[str, ...]]:
    """Return the items within the limits, and a sentence for each other one. Of two equal names, the first stays.

    Capital and small letters are the same in a name, because variables of webhooks ignore the difference.
    """
    kept: dict[str, tuple[str, str]] = {}
    left_out, room = [], TOGETHER
    for name, value in items:
        why = _why_not(name, value, kept)
        size = 0 if why else len(f"{name}={_word(value)}&".encode())
        if size > room:
            why = f"all data together is longer than {TOGETHER} bytes"
        if why:
            left_out.append(f"{ascii(name)[1:-1][:NAME_LONGEST]} is left out, because {why}")
        else:
            room -= size
            kept[name.lower()] = (name, value)
    return tuple(kept.values()), tuple(left_out[:MOST])


def _why_not(name: str, value: str, kept: "dict[str, tuple[str, str]]") -> str:
    if not is_name(name):
        return f"a name has up to {NAME_LONGEST} letters, digits and _, a letter first"
    if name.lower() in kept:
        return "the name is there twice"
    if len(kept) >= MOST:
        return f"a call has at most {MOST} items"
    if len(value) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if not is_plain(value):
        return "it has control characters or is not UTF-8"
    return ""


def is_plain(value: str) -> bool:
    """Return whether a terminal, a page and a log can show the text unchanged; U+FFFD replaces invalid UTF-8."""
    if "\ufffd" in value:
        return False
    return value.isprintable() or all(sign.isprintable() or sign in BESIDE for sign in value)


def encoded(items: Pairs, left_out: tuple[str, ...]) -> str:
    """Return checked items as one word for Stasis(): `name=value&…`, then `!` and a sentence for each left out."""
    parts, room = [], ENCODED_MAX
    for part in (*(f"{name}={_word(value)}" for name, value in items), *("!" + _word(why) for why in left_out)):
        room -= len(part.encode()) + 1
        if room < 0:
            break
        parts.append(part)
    return "&".join(parts)


def decoded(text: str) -> tuple[Pairs, tuple[str, ...]]:
    """Return the items in such a word, and the sentences about those that were left out. Never raises."""
    parts = [part for part in text[:ENCODED_MAX].split("&") if part]
    pairs = tuple((name, _text(value)) for name, _, value in (one.partition("=") for one in parts if one[:1] != "!"))
    kept, more = checked(pairs)
    notes = (_text(one[1:])[:NOTE_MAX] for one in parts if one[:1] == "!")
    return kept, (*filter(is_plain, notes), *more)[:MOST]


def _word(text: str) -> str:
    """Return the text without characters that mean something to Asterisk; text beyond ASCII stays, to be short."""
    return "".join(sign if sign in IN_WORDS or sign > "\x7f" else f"%{ord(sign):02X}" for sign in text).replace(
        "%20", "+"
    )


def _text(word: str) -> str:
    """Return the text of a word; invalid encodings become U+FFFD."""
    first, *rest = word.replace("+", " ").split("%")
    return first + "".join(_sign(part[:2]) + part[2:] for part in rest)


def _sign(code: str) -> str:
    try:
        return chr(int(code, 16)) if len(code) == 2 else "\ufffd"
    except ValueError:
        return "\ufffd"
