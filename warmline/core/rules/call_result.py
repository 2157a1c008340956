"""The result of a call for the dialplan: one word, and variables of safe text. AGI scripts load it.

It imports nothing.
"""

TYPE_CHECKING = False  # importing typing costs an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Iterable

# The words of WARMLINE_RESULT; docs/how-to/after-the-call.md has this table.
RESULTS = {
    "talked": "an agent talked with the customer, and did not leave the call to others",
    "left": "the agent left the customer with a third party",
    "abandoned": "the caller hung up before an agent answered",
    "timeout": "no agent answered within `drop_call_seconds`",
    "closed": "the in-group was closed, or closed during the wait",
    "no_agent": "the in-group had no agents for the call (`no_agent_no_queue`, `leave_when_empty`)",
    "full": "the in-group refused the call, because too many calls waited (`max_calls_count`)",
    "offer": "`wait_time_option` or a key of `exit_keys` took the caller out of the queue",
    "failed": "Warmline could not serve the call: the fallback took it, or Asterisk or Warmline failed",
    "unknown": "the database could not be read",
}

# The word for each outcome of a wait without an agent.
RESULT_BY_OUTCOME = {
    "DROP": "abandoned",
    "XDROP": "timeout",
    "TIMEOT": "timeout",
    "AFTHRS": "closed",
    "CLOSOP": "closed",
    "NANQUE": "no_agent",
    "MAXCAL": "full",
    "HOLDTO": "offer",
    "WAITTO": "offer",
}
ENDED_BY_FAILURES = ("error", "asterisk")  # `ended_by` of calls that a failure ended
ENDED_BY_PARTIES = ("", "customer", "third", "agent", "agent_hung_up", "operator", "left_max_minutes")

# The variables, in order. WARMLINE_DATA_name follows for each item of data.
VARIABLES = {
    "WARMLINE_RESULT": "the result of the call: one of the words below",
    "WARMLINE_DISPOSITION": "the code of the disposition; empty if the agent has not chosen one yet",
    "WARMLINE_INGROUP": "the last in-group of the call; empty for a call that an agent dialled",
    "WARMLINE_AGENT": "the user of the last agent; empty without one",
    "WARMLINE_CAMPAIGN": "the campaign of that agent",
    "WARMLINE_WAIT": "the seconds that the call waited for agents",
    "WARMLINE_TALK": "the seconds from the first connection with an agent until the customer left; 0 without one",
    "WARMLINE_RECORDING": "the path of the first recording; empty without one. Further ones: WARMLINE_RECORDING_2, …",
    "WARMLINE_CALL_ID": "the id of the call, as for `warmline audit call`",
}

LETTERS_AND_DIGITS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
# No character that expressions and arguments of Asterisk, or a shell, interpret.
SAFE_CHARACTERS = LETTERS_AND_DIGITS | frozenset(" _-.@+")
PATH_CHARACTERS = SAFE_CHARACTERS | {"/"}
MAX_VALUE_BYTES = 1800  # Asterisk cuts a command of AGI at 2047


def choose_result(outcome: str, ended_by: str, *, has_talked: bool, is_left_by_agent: bool) -> str:
    """Return the word of RESULTS for a call whose customer has left it.

    `outcome` is that of its last wait. A request for a closer is a wait, too, but it does not end a call with parties.
    """
    if ended_by in ENDED_BY_FAILURES:
        return "failed"
    unserved_result = RESULT_BY_OUTCOME.get(outcome, "")
    if unserved_result and (not has_talked or outcome == "DROP" or ended_by not in ENDED_BY_PARTIES):
        return unserved_result
    if has_talked:
        return "left" if is_left_by_agent else "talked"
    return "abandoned" if ended_by in ("", "customer") else "failed"


def to_safe_text(text: str, allowed_characters: "frozenset[str]" = SAFE_CHARACTERS) -> str:
    """Return untrusted text as text that is harmless anywhere in a dialplan: other characters become spaces.

    Letters beyond ASCII stay. The text is cut at MAX_VALUE_BYTES.
    """
    safe_text = "".join(
        character if character in allowed_characters or (character > "\x9f" and character.isprintable()) else " "
        for character in text
    )
    return safe_text.encode()[:MAX_VALUE_BYTES].decode(errors="ignore")


def build_variables(
    texts_by_name: "dict[str, str]", recordings: "Iterable[str]" = (), call_data: "Iterable[tuple[str, str]]" = ()
) -> "dict[str, str]":
    """Return the channel variables.

    `texts_by_name` has texts by the names of VARIABLES in small letters, without the prefix. `recordings` are paths in
    order, and `call_data` the items of the call.
    """
    variables = {
        name: to_safe_text(texts_by_name.get(name.removeprefix("WARMLINE_").lower(), "")) for name in VARIABLES
    }
    for recording_number, path in enumerate(recordings, 1):
        variables[f"WARMLINE_RECORDING_{recording_number}" if recording_number > 1 else "WARMLINE_RECORDING"] = (
            to_safe_text(path, PATH_CHARACTERS)
        )
    return variables | {f"WARMLINE_DATA_{name}": to_safe_text(value) for name, value in call_data}
