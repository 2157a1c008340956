"""The recorded session of a new AGI script, and the case of its test that plays it."""

from warmline_contrib.agi_sessions import session_file
from warmline_contrib.agi_sessions.session_file import ASTERISK, SCRIPT, SessionLine

IMPORT, END = "import unittest\n", '\n\nif __name__ == "__main__":'  # lines of a new test
CASE = """

class SessionTest(unittest.TestCase):
    def test_the_script_answers_as_recorded(self) -> None:
        warmline = Path(sys.executable).with_name("warmline")
        command = [str(warmline), "own-script", "test", str(HERE / "{name}.session"), str(HERE / "{name}")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
"""
ENVIRONMENT = """\
agi_request: {name}
agi_channel: PJSIP/trunk-00000001
agi_language: en
agi_type: PJSIP
agi_uniqueid: 1.1
agi_callerid: 15551234
agi_calleridname: Caller
agi_dnid: 8005550150
agi_context: from-trunk
agi_extension: 8005550150
agi_priority: 3
agi_threadid: 1
"""
TALK = (
    ("ANSWER", "200 result=0"),
    ('GET DATA "vm-enter-num-to-call" "5000" "6"', "200 result=4711"),
    ('SET VARIABLE "WARMLINE_DATA_ticket" "4711"', "200 result=1"),
)
NOTES = (
    'A script that calls enter_ingroup(agi, "SALESLINE") sends these lines at its end:',
    '> SET CONTEXT "warmline-ingroup"',
    "< 200 result=0",
    '> SET EXTENSION "SALESLINE"',
    "< 200 result=0",
    '> SET PRIORITY "1"',
    "< 200 result=0",
    "The context of enter_agent() is warmline-agent, and that of enter_did() is warmline-from-trunk.",
)


def add_session(name: str, texts: dict[str, str]) -> dict[str, str]:
    """Return the files of a new script by their names, with a session that the test plays."""
    *others, (test_file, test) = texts.items()
    test = test.replace(IMPORT, f"import subprocess\nimport sys\n{IMPORT}").replace(END, CASE.format(name=name) + END)
    session = session_file.to_text(_create_lines(name), NOTES)
    return {**dict(others), f"{name}.session": session, test_file: test}


def _create_lines(name: str) -> list[SessionLine]:
    lines = [SessionLine(ASTERISK, line) for line in ENVIRONMENT.format(name=name).split("\n")]
    for command, reply in TALK:
        lines += [SessionLine(SCRIPT, command), SessionLine(ASTERISK, reply)]
    return lines
