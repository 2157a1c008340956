"""Former commands: those that have another name today, and those that are gone."""

from warmline.text.coded_error import CodedError

# The words of each, and those of today, which run with a hint.
FORMER: dict[tuple[str, ...], tuple[str, ...]] = {
    ("script", name): ("own-script", name) for name in ("new", "record", "test")
}

# The words of each, and what a user of it can do instead. `help` and the command line answer with it.
GONE: dict[tuple[str, ...], str] = {
    ("audit", "reconcile"): "warmline audit calls --csv and the setting queue_log write what another program can "
    "compare with Asterisk's files, and warmline audit verify checks Warmline's own records",
    ("dial", "simulate"): "in a checkout of Warmline: .venv/bin/python -m tools.simulation.dialling CAMPAIGN",
    ("hook",): "warmline own-script new NAME writes a script that decides where a call goes, and warmline event-hook "
    "create NAME sends events to a program; see warmline help hooks",
    ("scheduled-report", "send"): "each period is sent once, at six after its end, and that of a new schedule within "
    "five minutes; warmline report NAME --html FILE writes a page to send by hand",
    ("scheduled-report", "sent"): "warmline doctor --only 'scheduled reports' says what was not sent, and the page of "
    "the schedule says what was",
}


class GoneCommandError(CodedError):
    """The words name a command that is gone."""

    def __init__(self, words: tuple[str, ...]) -> None:
        name, instead = " ".join(words), GONE[words]
        super().__init__("command_gone", "`warmline {name}` is gone; {instead}", name=name, instead=instead)
