"""Values with any text come back whole, and none answers a later command: over a connection and in Asterisk."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agi import own_scripts
from tests.agi.conftest import World
from tests.agi.other_end import OtherEnd
from tests.agi.test_dialplan import only_note
from warmline.agi import AGI
from warmline.agi.protocol import PACKET_MIN_BYTES

# Text that Asterisk says itself, and that a caller may therefore say in a value.
PIECES = (
    *(")", "(", "\n", ")\n", "200 result=1 (agent-9)", "200 result=-1", "HANGUP", "hangup", ") endpos=5", "\r"),
    *(
        "510 Invalid or unknown command",
        "520-Usage",
        "520 End",
        "100 Trying",
        "result=2",
        "x" * PACKET_MIN_BYTES,
        "é",
        " ",
    ),
    *("200 result=1 (warmline-mark-0123456789abcdef)", "agi_arg_1: x", '"', "\\"),
)
VALUES = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=9)
    .map("".join)
    .filter(lambda text: "\0" not in text and text.encode(errors="ignore").decode() == text)
)
READER = """
from urllib.parse import quote
from warmline.agi import AGI

agi = AGI()
agi.set_variable("MARK", "mark")
wrong = []
for value in {values}:
    got = agi.get_variable(f"URIDECODE({{quote(value, safe='')}})"), agi.get_variable("MARK")
    if got != (value, "mark"):
        wrong.append(got)
agi.set_variable("WRONG", repr(wrong)[:300])
"""
HOSTILE = (
    "total (EUR)\n12.50",
    "ok)\n200 result=1 (agent-9",
    "a)\nHANGUP",
    "hangup",
    "a) endpos=5\nb",
    "x" * 600 + "\n)\n200 result=1 (y",
)


class Values:
    """Asterisk's end with variables; each reply is one write, as Asterisk's are."""

    def __init__(self, **variables: str) -> None:
        self.variables = variables

    def answer(self, words: list[str]) -> str:
        if words[:2] in (["GET", "VARIABLE"], ["DATABASE", "GET"]):
            return f"200 result=1 ({self.variables[words[-1]]})"
        return f"200 result=1 ({words[-1]})" if words[:2] == ["GET", "FULL"] else "200 result=7"


def test_a_speech_result_cannot_name_the_result_and_a_value_may_say_hangup() -> None:
    """Let Asterisk answer SPEECH RECOGNIZE with what a caller has said, and two commands wait for one reply each."""
    line = '200 result=1 (speech) endpos=0 results=1 score0=90 text0="a (b) result=-1 x" grammar0="g"\n520 b"'
    with OtherEnd(lambda words: line if words[0] == "SPEECH" else Values(V="hangup").answer(words)) as asterisk:
        agi = AGI(asterisk.stdin, asterisk.stdout, sighup=False)
        reply = agi.execute("SPEECH RECOGNIZE", "prompt", "1")
        assert (reply["result"], reply["text0"]) == (("1", "speech"), ('"a (b) result=-1 x"', ""))
        assert agi.database_get("f", "V") == agi.get_variable("V") == "hangup"
        agi.send_command("GET VARIABLE", "V")
        agi.send_command("CHANNEL STATUS")
        assert agi.get_result()["result"] == ("1", "hangup")
        assert agi.get_result()["result"] == ("7", "")


def test_the_second_packet_of_a_value_answers_no_command() -> None:
    """Let the first packet have more than 500 bytes in fewer letters, and end where a line of the value does."""
    later_replies: list[str] = []

    def answer(words: list[str]) -> str:
        words = [word.upper() for word in words[:2]] + words[2:]
        reply = "\n".join((*later_replies, Values(V="é" * 300 + ")\n200 result=1 (agent-9", W="w").answer(words)))
        first_packet, _, second_packet = reply.partition("\n") if words == ["GET", "VARIABLE", "V"] else (reply, "", "")
        later_replies[:] = [second_packet] if second_packet else []
        return first_packet

    with OtherEnd(answer) as asterisk:
        agi = AGI(asterisk.stdin, asterisk.stdout, sighup=False)
        assert agi.execute("get  variable", "V")["result"][1] == "é" * 300 + ")\n200 result=1 (agent-9"
        assert agi.get_variable("W") == "w"


def test_an_argument_of_the_dialplan_answers_no_command(world: World) -> None:
    with world.call("7801"), world.away() as agi:
        agi.set_variable("V", "real")
        assert (agi.env["agi_arg_1"], agi.get_variable("V")) == ("a", "real")


@settings(max_examples=40, deadline=None)
@given(values=st.lists(VALUES.filter(lambda text: len(quote(text)) < 900), min_size=1, max_size=3))
def test_any_value_comes_back_whole_from_asterisk(one_call: AGI, values: list[str]) -> None:
    """Read each by GET VARIABLE, GET FULL VARIABLE and DATABASE GET, and a known value after it."""
    for value in values:
        expression = f"URIDECODE({quote(value, safe='')})"
        assert one_call.get_variable(expression) == value
        assert one_call.get_variable("MARK") == "mark"
        assert one_call.get_full_variable(f"${{{expression}}}") == value
        assert one_call.get_variable("MARK") == "mark"


def test_any_value_comes_back_whole_over_a_pipe_from_asterisk(world: World) -> None:
    text = f"{own_scripts.LAUNCHED}\n{READER.format(values=HOSTILE)}"
    own_scripts.write(text, world.pbx.folder / "agi" / "reader")
    world.pbx.console("dialplan set global OWN reader")
    with world.sent_away("7800") as agi:
        assert agi.get_variable("WRONG") == "[]"


@pytest.fixture(scope="module")
def one_call(world: World) -> Iterator[AGI]:
    """Return the channel of a call to a real Asterisk, by FastAGI."""
    with world.call("8009999999") as phone, world.away() as agi:
        phone.answered()
        agi.set_variable("MARK", "mark")
        yield agi
    only_note(world)
