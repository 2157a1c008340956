"""The forms of values that options of several entities share."""

from warmline.core.rules.sentinels import NO_FILE
from warmline.options.values.option_types import Choice, Text, TimeOfDay

YES_NO = Choice(("Y", "N"))
NAME = Text(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,19}", "1 to 20 letters, digits, _ and -; the first is not -")
CODE = Text(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,5}", "1 to 6 letters, digits, _ and -; the first is not -")
CID = Text(r"\+?[0-9]{1,20}", "1 to 20 digits, with or without a leading +")
LABEL = Text(r"[^\x00-\x1f\x7f]{0,40}", "up to 40 characters; may be empty")
FULL_NAME = Text(r"[^\x00-\x1f\x7f]{0,50}", "up to 50 characters; may be empty")
MUSIC = Text(r"[A-Za-z0-9_.-]{1,50}", "the name of a class in musiconhold.conf")
PREFIX = Text(r"[0-9+*#]{0,20}", "up to 20 of 0-9 + * #; may be empty")

RECORDING = ("ONDEMAND", "NEVER", "ALLCALLS", "ALLFORCE")
RECORDING_OVERRIDE = Choice(("DISABLED", *RECORDING))
UNANSWERED = Choice(("INGROUP", "HANGUP", "MESSAGE"))
DEFAULT_XFER_GROUP = "the in-group that DEFAULTINGROUP of a transfer stands for"

FILE = r"/?[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}"  # with a slash first, a path outside the folder of sounds
PROMPT = Text(FILE, "the name of a sound file, without its extension")
PROMPTS = Text(rf"{NO_FILE}|{FILE}(\|{FILE}){{0,9}}", f"sound files without extension, separated by |, or {NO_FILE}")
SAFE_HARBOR = Text(rf"({FILE}(\|{FILE}){{0,9}})?", "sound files without extension, separated by |; may be empty")
SOUNDS = (PROMPT, PROMPTS, SAFE_HARBOR)
EXTEN = Text(r"([0-9A-Za-z*#+]{1,40}(@[A-Za-z0-9_.-]{1,60})?)?", "EXTEN@CONTEXT, EXTEN for default; may be empty")
MAILBOX = Text(r"([0-9A-Za-z]{1,40}(@[A-Za-z0-9_.-]{1,60})?)?", "MAILBOX or MAILBOX@CONTEXT; may be empty")
MENU = Text(r"([A-Za-z0-9_.-]{1,60})?", "the name of a dialplan context; may be empty")
HHMM = TimeOfDay(0, 2400, "as HHMM")
