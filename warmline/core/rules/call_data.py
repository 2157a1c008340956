"""The data that goes with a call: names and texts from the dialplan. AGI scripts load it, so it imports nothing.

All of it is untrusted. A text that breaks a limit is left out, and a sentence about it becomes a routing step.
"""

PRIORITY_MARK = (
    "*"  # begins a word of Stasis() with the call's own priority; a word with data begins with a letter or !
)
MAX_PRIORITY = 99  # of a call's own priority, and -99
MAX_ITEMS = 32  # items
MAX_VALUE_LENGTH = 500  # characters of a value
MAX_TOTAL_BYTES = 4000  # bytes of all names and values, as Stasis() takes them; Asterisk cuts a variable at 4095
MAX_NAME_LENGTH = 32  # characters
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
NAME_CHARACTERS = LETTERS | frozenset("0123456789_")
JOINERS_AND_SPACES = frozenset("\u200c\u200d\u00a0\u202f\u3000")  # joiners and spaces; isprintable() refuses them
MAX_ENCODED_BYTES = MAX_TOTAL_BYTES
MAX_NOTE_LENGTH = 120  # characters
WORD_CHARACTERS = NAME_CHARACTERS | frozenset("-.~")

Pairs = tuple[tuple[str, str], ...]


def is_name(text: str) -> bool:
    """Return whether this is a name for an item: up to 32 letters, digits and _, a letter first."""
    return 0 < len(text) <= MAX_NAME_LENGTH and text[0] in LETTERS and NAME_CHARACTERS.issuperset(text)


def to_item_name(header: str) -> str:
    """Return the item with the value of a SIP header: X-Ticket is x_ticket."""
    return header.lower().replace("-", "_")


def check_items(items: "list[tuple[str, str]] | Pairs") -> tuple[Pairs, tuple[str, ...]]:
    """Return the items within the limits, and a sentence for each other one. Of two equal names, the first stays.

    Capital and small letters are the same in a name, because variables of webhooks ignore the difference.
    """
    kept: dict[str, tuple[str, str]] = {}
    left_out, room = [], MAX_TOTAL_BYTES
    for name, value in items:
        why = _explain_rejection(name, value, kept)
        size = 0 if why else len(f"{name}={_to_word(value)}&".encode())
        if size > room:
            why = f"all data together is longer than {MAX_TOTAL_BYTES} bytes"
        if why:
            left_out.append(f"{ascii(name)[1:-1][:MAX_NAME_LENGTH]} is left out, because {why}")
        else:
            room -= size
            kept[name.lower()] = (name, value)
    return tuple(kept.values()), tuple(left_out[:MAX_ITEMS])


def _explain_rejection(name: str, value: str, kept: "dict[str, tuple[str, str]]") -> str:
    if not is_name(name):
        return f"a name has up to {MAX_NAME_LENGTH} letters, digits and _, a letter first"
    if name.lower() in kept:
        return "the name is there twice"
    if len(kept) >= MAX_ITEMS:
        return f"a call has at most {MAX_ITEMS} items"
    if len(value) > MAX_VALUE_LENGTH:
        return f"it is longer than {MAX_VALUE_LENGTH} characters"
    if not is_plain(value):
        return "it has control characters or is not UTF-8"
    return ""


def is_plain(value: str) -> bool:
    """Return whether a terminal, a page and a log can show the text unchanged; U+FFFD replaces invalid UTF-8."""
    if "\ufffd" in value:
        return False
    return value.isprintable() or all(sign.isprintable() or sign in JOINERS_AND_SPACES for sign in value)


def encode_items(items: Pairs, left_out: tuple[str, ...]) -> str:
    """Return checked items as one word for Stasis(): `name=value&…`, then `!` and a sentence for each left out."""
    parts, room = [], MAX_ENCODED_BYTES
    for part in (*(f"{name}={_to_word(value)}" for name, value in items), *("!" + _to_word(why) for why in left_out)):
        room -= len(part.encode()) + 1
        if room < 0:
            break
        parts.append(part)
    return "&".join(parts)


def decode_items(text: str) -> tuple[Pairs, tuple[str, ...]]:
    """Return the items in such a word, and the sentences about those that were left out. Never raises."""
    parts = [part for part in text[:MAX_ENCODED_BYTES].split("&") if part]
    pairs = tuple((name, _to_text(value)) for name, _, value in (one.partition("=") for one in parts if one[:1] != "!"))
    kept, more = check_items(pairs)
    notes = (_to_text(one[1:])[:MAX_NOTE_LENGTH] for one in parts if one[:1] == "!")
    return kept, (*filter(is_plain, notes), *more)[:MAX_ITEMS]


def _to_word(text: str) -> str:
    """Return the text without characters that mean something to Asterisk; text beyond ASCII stays, to be short."""
    return "".join(sign if sign in WORD_CHARACTERS or sign > "\x7f" else f"%{ord(sign):02X}" for sign in text).replace(
        "%20", "+"
    )


def _to_text(word: str) -> str:
    """Return the text of a word; invalid encodings become U+FFFD."""
    first, *rest = word.replace("+", " ").split("%")
    return first + "".join(_to_character(part[:2]) + part[2:] for part in rest)


def _to_character(code: str) -> str:
    try:
        return chr(int(code, 16)) if len(code) == 2 else "\ufffd"
    except ValueError:
        return "\ufffd"
