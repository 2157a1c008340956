"""A private Asterisk for these tests: its own folder and ports, Local channels unless the test has a pjsip.conf."""

import signal
import subprocess
import time
import urllib.request
import wave
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from lab import asterisk
from tests.free_port import free_port

APP, USER, PASSWORD = "warmline", "warmline", "secret"

FILES = {
    "modules.conf": "[modules]\nautoload=yes\nnoload=chan_pjsip.so\nnoload=chan_iax2.so\nnoload=pbx_dundi.so\n",
    "logger.conf": "[logfiles]\nfull => notice,warning,error,verbose\n",
    "http.conf": "[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport={port}\n",
    "ari.conf": "[general]\nenabled=yes\nchannelvars=WARMLINE_CALL,WARMLINE_SESSION\n"
    f"[{USER}]\ntype=user\npassword={PASSWORD}\n[reader]\ntype=user\npassword={PASSWORD}\nread_only=yes\n",
    "rtp.conf": "[general]\nrtpstart=10100\nrtpend=10200\n",
    "musiconhold.conf": "[default]\nmode=files\ndirectory={folder}/moh\n"
    "[higher]\nmode=files\ndirectory={folder}/higher\n",
    "extensions.conf": f"""
[parties]
exten => answer,1,Answer()
 same => n,Wait(60)
exten => tone,1,Answer()
 same => n,Playtones(1900/100000)
 same => n,Wait(60)
exten => arrive,1,Set(WARMLINE_CALL=CALL1)
 same => n,Stasis({APP},ingroup,SALES)
 same => n,Stasis({APP},next,${{WARMLINE_REASON}})
[warmline-fallback-app]
exten => s,1,Stasis({APP},fallen,${{WARMLINE_REASON}})
""",
}


class Private(NamedTuple):
    """A started Asterisk: its address, its output, and its process."""

    url: str
    recordings: Path
    process: "subprocess.Popen[bytes]"


@contextmanager
def running(folder: Path, port: int = 0, files: Mapping[str, str] = FILES) -> Iterator[Private]:
    """Start an Asterisk below `folder`, wait until ARI answers, end it when the block ends."""
    found = asterisk.find()
    assert found is not None, "no Asterisk here: make setup"
    port = port or free_port()
    _configure(folder, port, found, files)
    command = [*found.command, "-f", "-C", str(folder / "asterisk.conf")]
    with open(folder / "console", "wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_until_loaded(port, process)
        yield Private(f"http://127.0.0.1:{port}/ari", folder / "spool/recording", process)
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]", how: signal.Signals = signal.SIGTERM) -> None:
    """End what `running` started, and wait for it."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _configure(folder: Path, port: int, found: asterisk.AsteriskProgram, files: Mapping[str, str]) -> None:
    for name in ("var", "spool/recording", "run", "log", "moh", "higher"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text.replace("{port}", str(port)).replace("{folder}", str(folder)))
    for name, half_wave in (("moh", 8), ("higher", 4)):  # one second of 500 Hz, of 1000 Hz
        with wave.open(str(folder / name / "music.wav"), "wb") as music:
            music.setparams((1, 2, 8000, 0, "NONE", ""))
            music.writeframes((b"\x00\x08" * half_wave + b"\x00\xf8" * half_wave) * (4000 // half_wave))
    places = {"astetcdir": "", "astvarlibdir": "var", "astdbdir": "var", "astkeydir": "var", "astagidir": ""}
    places |= {"astspooldir": "spool", "astrundir": "run", "astlogdir": "log"}
    lines = [f"{key} => {folder / place}" for key, place in places.items()]
    (folder / "asterisk.conf").write_text("[directories]\n" + "\n".join([*lines, found.directories()]))


def _wait_until_loaded(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until all modules are loaded, by queries, because no event reports it."""
    url = f"http://127.0.0.1:{port}/ari/asterisk/modules/res_ari_events.so?api_key={USER}:{PASSWORD}"
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert process.poll() is None, "Asterisk ended while starting: see its console file"
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if b'"Running"' in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"Asterisk did not get ready on port {port} within 20 s")
