"""An Asterisk with Warmline's dialplan for these tests: a trunk, two phones, and no app unless a test runs one.

Callers in the fallback reach a FastAGI server of the test, so that the test is notified at once.
"""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from lab import asterisk, ports

PROJECT = Path(__file__).resolve().parents[2]
ARI = "warmline:secret"

FILES = {
    "asterisk.conf": """
[directories]
astetcdir => {folder}
{own}
astvarlibdir => {folder}/var
astdbdir => {folder}/var
astkeydir => {folder}/var
astagidir => {folder}/agi
astspooldir => {folder}/var
astrundir => {folder}/run
astlogdir => {folder}/log
[options]
verbose = 3
""",
    "modules.conf": "[modules]\nautoload=yes\nnoload=chan_iax2.so\nnoload=pbx_dundi.so\nnoload=app_voicemail.so\n",
    "logger.conf": "[logfiles]\nfull => notice,warning,error,verbose(3)\n",
    "http.conf": "[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport={http}\n",
    "ari.conf": "[general]\nenabled=yes\nchannelvars=WARMLINE_CALL,WARMLINE_SESSION,WARMLINE_DIALLED,WARMLINE_WHY\n"
    "[warmline]\ntype=user\npassword=secret\n",
    "rtp.conf": "[general]\nrtpstart={rtp_first}\nrtpend={rtp_last}\nicesupport=no\n",
    "pjsip.conf": """
[global]
type=global
endpoint_identifier_order=username,ip
[udp]
type=transport
protocol=udp
bind=127.0.0.1:{sip}
[leg](!)
type=endpoint
allow=!all,ulaw
dtmf_mode=info
media_address=127.0.0.1
bind_rtp_to_media_address=yes
[trunk](leg)
context=from-trunk
identify_by=ip
[trunk-id]
type=identify
endpoint=trunk
match=127.0.0.1
[1000](leg)
context=from-phones
identify_by=username
[1001](leg)
context=from-phones
identify_by=username
[1009](leg)
context=from-phones
identify_by=username
""",
    "aeap.conf": "[engine]\ntype=client\nurl=ws://127.0.0.1:{gate}\ncodecs=!all,slin\nprotocol=speech_to_text\n",
    "extensions.conf": """
#include "{project}/dialplan/warmline.conf"
[from-trunk]
include => warmline-from-trunk
exten => 705,1,Answer(,i)
 same => n,Set(OWN=1)
 same => n,Set(OWN=2)
 same => n,Set(OWN=3)
exten => 7800,1,Set(AGISIGHUP=no)
 same => n,Gosub(warmline-clean,s,1)
 same => n,AGI(${{OWN}})
 same => n,Goto(warmline-away,s,1)
exten => 7802,1,Answer(,i)
 same => n,Set(EAGI_AUDIO_FORMAT=${{FORMAT}})
 same => n,Set(AGISIGHUP=${{SIGHUP}})
 same => n,EAGI(${{OWN}})
 same => n,Goto(warmline-away,s,1)
exten => 7801,1,AGI(agi://127.0.0.1:{api}/away,${{URIDECODE(a%0A%0A200 result=1 %28agent-9%29%0A200 result=7)}},b)
[from-phones]
exten => 700,1,Goto(warmline-login,s,1)
exten => 701,1,Goto(warmline-ingroup,SALESLINE,1)
exten => 702,1,Gosub(warmline-agent,1000,1)
exten => 703,1,Goto(warmline-ingroup,NOLINE,1)
exten => 704,1,Set(WARMLINE_DATA_ticket=4711)
 same => n,Set(WARMLINE_DATA_odd=a "b" (c), & = %41 + € [d] e|f)
 same => n,Set(WARMLINE_DATA_lines=${{URIDECODE(a%0a200 result=1%29%0aHANGUP)}})
 same => n,Set(WARMLINE_DATA_colour=${{URIDECODE(%c2%9b31m)}})
 same => n,Set(WARMLINE_DATA_torn=${{URIDECODE(a%c3%28)}})
 same => n,Set(WARMLINE_DATA_full={full})
 same => n,Set(WARMLINE_DATA_long={full}0123456789)
 same => n,Set(WARMLINE_DATA_unnamed=stays)
 same => n,Goto(warmline-ingroup,SALESLINE,1)
exten => 706,1,Answer(,i)
 same => n,Set(WARMLINE_DIALLED=706)
 same => n,Gosub(warmline-result,s,1(01KAFH8Y3C0000000000000001))
 same => n,Goto(warmline-away,s,1)
[sub]
exten => s,1,Wait(${{ARG3}})
 same => n(value),Return(${{ARG1}}-${{ARG2}})
exten => lost,1,NoOp()
[texts]
exten => s,1,Wait(2)
 same => n,SendText(two (2) tickets)
 same => n,Wait(1)
[places]
exten => 9000,1,Answer(,i)
 same => n,AGI(agi://127.0.0.1:{api}/there)
 same => n,Hangup()
exten => s,1,Goto(9000,1)
[warmline-away]
exten => s,1,Answer(,i)
 same => n,AGI(agi://127.0.0.1:{api}/away)
 same => n,Hangup()
""",
}


class Pbx(NamedTuple):
    """A started Asterisk. `away` is the port of its callers' FastAGI, `engine` that of a speech engine."""

    folder: Path
    sip: int
    http: int
    away: int
    engine: int
    command: tuple[str, ...]

    @property
    def log(self) -> str:
        return (self.folder / "log/full").read_text(errors="replace")

    def console(self, command: str) -> str:
        """Run a console command and return what it prints."""
        words = [*self.command, "-C", str(self.folder / "asterisk.conf"), "-rx", command]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=20).stdout


@contextmanager
def running(folder: Path, environment: Mapping[str, str]) -> Iterator[Pbx]:
    """Start an Asterisk below `folder` with this environment added, and end it when the block ends."""
    program = asterisk.find()
    assert program is not None, "no Asterisk here: make setup"
    block, keeper = ports.reserve()
    _configure(folder, program, block)
    pbx = Pbx(folder, block.sip, block.http, block.api, block.gate, program.command)
    with keeper, open(folder / "log/console", "wb") as console:
        process = subprocess.Popen(
            [*program.command, "-f", "-C", str(folder / "asterisk.conf")],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        try:
            _wait_for_ari(pbx, process)
            pbx.console("core waitfullybooted")
            yield pbx
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _configure(folder: Path, program: asterisk.AsteriskProgram, block: ports.Ports) -> None:
    for name in ("var", "run", "log", "agi"):
        (folder / name).mkdir()
    for script in (PROJECT / "agi-bin").iterdir():
        (folder / "agi" / script.name).symlink_to(script)
    folders = program.directories()
    values = block._asdict() | {"folder": folder, "own": folders, "project": PROJECT, "full": "0123456789" * 50}
    for name, text in FILES.items():
        (folder / name).write_text(text.format_map(values))


def _wait_for_ari(pbx: Pbx, process: "subprocess.Popen[bytes]") -> None:
    """Wait until Asterisk is ready, by queries, because no event reports it."""
    url = f"http://127.0.0.1:{pbx.http}/ari/asterisk/info?api_key={ARI}"
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, f"Asterisk ended while starting: see {pbx.folder}/log/console"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError("Asterisk did not get ready within 20 s")
