"""The data that goes with a call: names and texts from the dialplan. AGI scripts load it, so it imports nothing.

All of it is untrusted. A text that breaks a limit is left out, and a sentence about it becomes a routing step.
"""

PRIORITY_MARK = (
    "*"  # begins a word of Stasis() with the call's own priority; a word with data begins with a letter or !
)
MAX_PRIORITY = 99  # of a call's own priority, and -99
MAX_ITEMS = 32  # items
MAX_VALUE_LENGTH = 500  # characters of a value
MAX_TOTAL_BYTES = 4000  # of all names and values, as Stasis() takes them; Asterisk cuts a variable at 4095
MAX_NAME_LENGTH = 32  # characters
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
NAME_CHARACTERS = LETTERS | frozenset("0123456789_")
JOINERS_AND_SPACES = frozenset("\u200c\u200d\u00a0\u202f\u3000")  # joiners and spaces; isprintable() refuses them
MAX_ENCODED_BYTES = MAX_TOTAL_BYTES
MAX_NOTE_LENGTH = 120  # characters
WORD_CHARACTERS = NAME_CHARACTERS | frozenset("-.~")

CallData = tuple[tuple[str, str], ...]


def is_name(text: str) -> bool:
    """Return whether this is a name for an item: up to 32 letters, digits and _, a letter first."""
    return 0 < len(text) <= MAX_NAME_LENGTH and text[0] in LETTERS and NAME_CHARACTERS.issuperset(text)


def to_item_name(header: str) -> str:
    """Return the item with the value of a SIP header: X-Ticket is x_ticket."""
    return header.lower().replace("-", "_")


def check_items(call_data: "list[tuple[str, str]] | CallData") -> tuple[CallData, tuple[str, ...]]:
    """Return the items within the limits, and a sentence for each other one. Of two equal names, the first stays.

    Capital and small letters are the same in a name, because variables of webhooks ignore the difference.
    """
    accepted_items: dict[str, tuple[str, str]] = {}
    rejections, free_bytes = [], MAX_TOTAL_BYTES
    for name, value in call_data:
        reason = _explain_rejection(name, value, accepted_items)
        encoded_bytes = 0 if reason else len(f"{name}={_to_word(value)}&".encode())
        if encoded_bytes > free_bytes:
            reason = f"all data together is longer than {MAX_TOTAL_BYTES} bytes"
        if reason:
            rejections.append(f"{ascii(name)[1:-1][:MAX_NAME_LENGTH]} is left out, because {reason}")
        else:
            free_bytes -= encoded_bytes
            accepted_items[name.lower()] = (name, value)
    return tuple(accepted_items.values()), tuple(rejections[:MAX_ITEMS])


def _explain_rejection(name: str, value: str, accepted_items: "dict[str, tuple[str, str]]") -> str:
    if not is_name(name):
        return f"a name has up to {MAX_NAME_LENGTH} letters, digits and _, a letter first"
    if name.lower() in accepted_items:
        return "the name is there twice"
    if len(accepted_items) >= MAX_ITEMS:
        return f"a call has at most {MAX_ITEMS} items"
    if len(value) > MAX_VALUE_LENGTH:
        return f"it is longer than {MAX_VALUE_LENGTH} characters"
    if not is_plain(value):
        return "it has control characters or is not UTF-8"
    return ""


def is_plain(text: str) -> bool:
    """Return whether a terminal, a page and a log can show the text unchanged; U+FFFD replaces invalid UTF-8."""
    if "\ufffd" in text:
        return False
    return text.isprintable() or all(character.isprintable() or character in JOINERS_AND_SPACES for character in text)


def encode_items(call_data: CallData, rejections: tuple[str, ...]) -> str:
    """Return checked items as one word for Stasis(): `name=value&…`, then `!` and a sentence for each left out."""
    segments, free_bytes = [], MAX_ENCODED_BYTES
    for segment in (
        *(f"{name}={_to_word(value)}" for name, value in call_data),
        *("!" + _to_word(reason) for reason in rejections),
    ):
        free_bytes -= len(segment.encode()) + 1
        if free_bytes < 0:
            break
        segments.append(segment)
    return "&".join(segments)


def decode_items(text: str) -> tuple[CallData, tuple[str, ...]]:
    """Return the items in such a word, and the sentences about those that were left out. Never raises."""
    segments = [segment for segment in text[:MAX_ENCODED_BYTES].split("&") if segment]
    call_data, notes = [], []
    for segment in segments:
        if segment[:1] == "!":
            notes.append(_to_text(segment[1:])[:MAX_NOTE_LENGTH])
        else:
            name, _, value = segment.partition("=")
            call_data.append((name, _to_text(value)))
    accepted_items, rejections = check_items(call_data)
    return accepted_items, (*filter(is_plain, notes), *rejections)[:MAX_ITEMS]


def _to_word(text: str) -> str:
    """Return the text without characters that mean something to Asterisk; text beyond ASCII stays, to be short."""
    return "".join(
        character if character in WORD_CHARACTERS or character > "\x7f" else f"%{ord(character):02X}"
        for character in text
    ).replace("%20", "+")


def _to_text(word: str) -> str:
    """Return the text of a word; invalid encodings become U+FFFD."""
    start, *encoded_parts = word.replace("+", " ").split("%")
    return start + "".join(_to_character(encoded[:2]) + encoded[2:] for encoded in encoded_parts)


def _to_character(hex_code: str) -> str:
    try:
        return chr(int(hex_code, 16)) if len(hex_code) == 2 else "\ufffd"
    except ValueError:
        return "\ufffd"
