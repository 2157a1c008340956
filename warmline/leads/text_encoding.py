"""Decides in which encoding an imported file is: UTF-8, UTF-16 with its mark, or the one that is given.

Files do not say it, and a wrong guess changes names without a word. Windows writes windows-1252, Macs mac-roman, and
old programs cp850; the same bytes are other letters in each. So a file in none of the first two is refused. The refusal
has its first such line as each encoding that fits reads it, and a person chooses.

A file that is otherwise UTF-8 may have lines with foreign bytes, such as one that another program added, or the last
one of a file that was cut. Such lines are rejected alone, as long as no more lines have them than have letters in
UTF-8. A foreign byte is read as U+DC00 and its value, a character that no text can have, and is written as it came.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from warmline.options.values.entity import OptionError

UTF_8 = "utf-8-sig"  # Python's name for it, with a mark or without
LONGEST_LINE = 1 << 19  # bytes; the rest of a longer line counts as another one
SAMPLE = 1 << 14  # bytes of foreign lines that decide which encodings fit
KEEPS_BYTES = "warmline-foreign"  # the name of the error handler
FOREIGN = re.compile("[\ud800-\udfff]")
MARKS = {  # those of UTF-32 come first, because that of UTF-16 is the beginning of one
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: UTF_8,
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# How files begin that spreadsheet programs save: .xlsx and .ods are archives, .xls has a format of its own.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Encodings that are shown if they fit; a short name does not let charset-normalizer find each of them.
USUAL = ("cp1252", "cp1250", "cp1251", "iso8859_15", "cp850", "mac_roman", "cp932")
WIDE = ("utf_16_le", "utf_16_be")
FOUND = 3  # of charset-normalizer, besides them
SHOWN = 60  # characters of a line in a refusal
# A first line with other text may be of a file with secrets, which root can read; no line of it is shown.
NAMES = re.compile(r"[\w .#()/'+,;|\t\"-]{0,2000}")
NEVER_MEANT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")  # controls and private characters
ASCII_SIGNS = bytes(range(0x20, 0x7E)) + b"\t\r\n"
# What browsers read by these names; the last two are given for files without a mark.
MEANT = {"iso8859-1": "cp1252", "utf-8": UTF_8, "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
NOT_FOR_FILES = ("idna", "punycode", "unicode-escape", "raw-unicode-escape")
UNKNOWN = "text_encoding_unknown"


class Reading(NamedTuple):
    """An encoding that fits, and how it reads the line."""

    encoding: str
    text: str


class _LineCounts(NamedTuple):
    """How many lines have bytes that are not UTF-8, and how many have letters in UTF-8."""

    foreign: int = 0
    of_utf_8: int = 0


def _kept(error: UnicodeError) -> tuple[str | bytes, int]:
    """Decode foreign bytes to characters that no text has, and encode those as these bytes."""
    if isinstance(error, UnicodeDecodeError):
        return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end
    if isinstance(error, UnicodeEncodeError):
        given = (ord(sign) & 0xFF for sign in error.object[error.start : error.end])
        return bytes(byte if byte > 0x7F else 0x3F for byte in given), error.end
    raise error


codecs.register_error(KEEPS_BYTES, _kept)


def encoding_of(path: Path, given: str = "") -> str:
    """Return Python's name of the encoding of a file; `given` is the name of one, for a file without a mark.

    Raises OSError, and OptionError for a workbook, an unknown name, a file in neither UTF-8 nor UTF-16 if no encoding
    is given, and one in UTF-8 if another is given.
    """
    named = _known(given) if given else ""
    head = next(_lines(path), b"")
    if head.startswith(WORKBOOKS):
        raise OptionError(
            "csv_is_workbook",
            "the file is a workbook (.xlsx, .ods or .xls), not CSV; save it as CSV in the spreadsheet program, and "
            "import that file",
        )
    if marked := next((name for mark, name in MARKS.items() if head.startswith(mark)), ""):
        return marked
    is_wide = b"\x00" in head
    if named == UTF_8 or (named and is_wide):
        return named
    lines = _LineCounts() if is_wide else _counted(path)
    if named and lines.of_utf_8 and lines.foreign <= lines.of_utf_8:
        raise OptionError(
            "text_is_utf_8",
            "the file is UTF-8, and {name} would change the letters in {count} of its lines: leave --encoding out",
            count=lines.of_utf_8,
            name=shown(named),
        )
    if named:
        return named
    if is_wide or _is_foreign(head) or lines.foreign > lines.of_utf_8:
        raise _refused(path, is_wide=is_wide)
    return UTF_8


def shown(encoding: str) -> str:
    """Return the name of an encoding as people write it."""
    return re.sub(r"^cp(125[0-8])$", r"windows-\1", encoding.removesuffix("-sig")).replace("_", "-")


def why_foreign(texts: Iterable[str], encoding: str) -> str:
    """Return why texts of a file cannot be stored as they were meant, or ""."""
    signs = [sign for text in texts if not text.isascii() for sign in FOREIGN.findall(text)]
    if not signs:
        return ""
    given = " ".join(dict.fromkeys(f"{ord(sign) & 0xFF:02x}" for sign in signs[:9]))
    return f"it has bytes that are not {shown(encoding)}: {given}"


def _known(name: str) -> str:
    """Return Python's name of an encoding. Latin-1 is windows-1252, as for browsers: files with € are called so."""
    try:
        found = codecs.lookup(name).name
        is_wide = found.startswith(("utf-16", "utf-32"))
        is_text = is_wide or ASCII_SIGNS.decode(found) == ASCII_SIGNS.decode("ascii")
    except (LookupError, UnicodeError, ValueError):
        is_text = False
    if not is_text or found in NOT_FOR_FILES:
        raise OptionError(
            "encoding_name_unknown",
            "encoding {name!r} is unknown; allowed: the name of an encoding for text, such as {usual}",
            name=name[:SHOWN],
            usual=", ".join(map(shown, (*USUAL, WIDE[0]))),
        )
    return MEANT.get(found, found)


def _counted(path: Path) -> _LineCounts:
    """Count the lines with letters beyond ASCII. One whose last letter the file's end cuts is not counted."""
    foreign = of_utf_8 = 0
    for line in _lines(path):
        if line.isascii():
            continue
        if not _is_foreign(line):
            of_utf_8 += 1
        elif not _is_cut(line):
            foreign += 1
    return _LineCounts(foreign, of_utf_8)


def _is_foreign(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return True
    return False


def _is_cut(line: bytes) -> bool:
    """Return whether a line ends within a letter of UTF-8, and is otherwise valid."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line)
    except UnicodeDecodeError:
        return False
    return True


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            yield from line.splitlines(keepends=True) if b"\r" in line else (line,)


def _refused(path: Path, *, is_wide: bool) -> OptionError:
    """Make the error for a file in neither encoding, with the line that tells its encodings apart. Raises OSError."""
    sample = head = line = b""
    number = 1
    with path.open("rb") as file:
        beginning = file.read(SAMPLE)
    if is_wide:
        sample = beginning
    elif b"\x00" not in beginning:
        for place, one in enumerate(_lines(path), 1):
            head = head or one
            if _is_foreign(one):
                number = place if not sample else number
                line, sample = line or one, sample + one
            if len(sample) > SAMPLE:
                break
    readings = list(_wide_readings(sample) if is_wide else _readings(sample, head, line) if sample else ())
    if not readings:
        return OptionError("file_without_text", "the file is no text in an encoding that is known")
    fits = (f"{shown(one.encoding)} {one.text!r}" if one.text else shown(one.encoding) for one in readings)
    return OptionError(
        UNKNOWN,
        "the file is neither UTF-8 nor UTF-16 with its mark. Line {line} in encodings that fit: {fits}. Name the one "
        "that reads it right (--encoding NAME)",
        line=number,
        fits="; ".join(fits),
    )


def _readings(sample: bytes, head: bytes, line: bytes) -> Iterator[Reading]:
    """Yield the encodings in which the sample is text, each with its reading of the line; no two read it alike."""
    seen = set[str]()
    for name in (*USUAL, *_found(sample)):
        try:
            text, read = sample.decode(name), line.decode(name)
        except UnicodeDecodeError:
            continue
        if not NEVER_MEANT.search(text) and read not in seen:
            seen.add(read)
            yield Reading(name, _part(head.decode(name, "replace"), read))


def _wide_readings(sample: bytes) -> Iterator[Reading]:
    """Yield the forms of UTF-16 in which the beginning of a file without a mark is text."""
    for name in WIDE:
        text = sample.decode(name, "ignore")
        line = next(iter(text.splitlines()), "")
        if not NEVER_MEANT.search(text) and any(sign.isascii() for sign in line):
            yield Reading(name, _part(line, line))


def _found(sample: bytes) -> list[str]:
    """Return the encodings that charset-normalizer finds most likely."""
    from charset_normalizer import from_bytes  # takes 90 ms, which other files save

    return [one.encoding for one in from_bytes(sample) if not one.encoding.startswith("utf")][:FOUND]


def _part(head: str, line: str) -> str:
    """Return the part of a line with its first letter beyond ASCII; "" if the file's first line names no columns."""
    if not NAMES.fullmatch(head.strip()):
        return ""
    line = line.strip()
    place = next((place for place, sign in enumerate(line) if sign > "\x7f"), 0)
    start = max(0, place - SHOWN // 2)
    end = start + SHOWN
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
