"""Writes a new ARI script with a test, which needs no Asterisk, and a unit for systemd."""

import re
import shlex
import sys
from pathlib import Path

from cli.system import script_skeleton
from warmline.ari.script_name import to_application

NAME, LONGEST = re.compile("[a-z][a-z0-9_-]*"), 30  # and characters

BODY = '''\
#!{python}
"""Serve the callers of the dialplan; a caller who presses 1 talks to the phone."""

import asyncio

from warmline.ari import Ari, Channel, serve

PHONE = "PJSIP/1000"


async def answer(ari: Ari, caller: Channel) -> None:
    """Offer the key 1. All other callers go on in the dialplan, also after an error."""
    await caller.answer()
    key = await caller.play("vm-press", 1, keys="1") or await caller.get_key(5, keys="1")
    if key:
        await caller.ring()
        called = await ari.call(PHONE, seconds=20, waiting=caller)
        if called:
            await ari.talk(caller, called.channel)
            return
    await caller.play("vm-goodbye")


if __name__ == "__main__":
    asyncio.run(serve("{name}", answer))
'''
TEST = '''\
"""Run the script {name} without Asterisk: its callers are in this test, and no time passes."""

import unittest
from pathlib import Path

from warmline.ari import DialOutcome, serve, testing

script = testing.load(Path(__file__).resolve().with_name("{name}"))


class CallerTest(unittest.IsolatedAsyncioTestCase):
    async def test_a_caller_who_presses_1_talks_to_the_phone(self) -> None:
        async with testing.world() as world:
            world.start(serve("{name}", script.answer))
            phone = world.party(script.PHONE)
            caller = world.caller("8005550123", keys={{"vm-press": "1"}})
            await world.until(lambda: caller.talking_with == [phone])
            phone.hang_up()
            await world.until(lambda: not caller.on_line)
        self.assertEqual(caller.heard, ["vm-press", "ring"])

    async def test_a_caller_who_presses_nothing_goes_on_in_the_dialplan(self) -> None:
        async with testing.world() as world:
            world.start(serve("{name}", script.answer))
            caller = world.caller("8005550123")
            await world.until(lambda: caller.in_dialplan)
        self.assertEqual(caller.heard, ["vm-press", "say number 1", "vm-goodbye"])

    async def test_a_caller_goes_on_in_the_dialplan_if_the_phone_is_busy(self) -> None:
        async with testing.world() as world:
            world.start(serve("{name}", script.answer))
            world.party(script.PHONE, DialOutcome.BUSY)
            caller = world.caller("8005550123", keys={{"vm-press": "1"}})
            await world.until(lambda: caller.in_dialplan)
        self.assertEqual(caller.heard[-1], "vm-goodbye")


if __name__ == "__main__":
    unittest.main()
'''
UNIT = """\
# Lets systemd run the ARI script {name}. As root:
#   install -m 644 {unit} /etc/systemd/system/
#   systemctl daemon-reload
#   systemctl enable --now {application}
# What it says: systemctl status {application}, and journalctl -u {application}
[Unit]
Description=ARI script {name}
Wants=network-online.target
After=network-online.target asterisk.service warmline.service
# A script ends if Asterisk is away for 10 s at its start. systemd starts it again without limit.
StartLimitIntervalSec=0

[Service]
Type=exec
User=asterisk
# For a machine without Warmline's settings: WARMLINE_ARI_URL, WARMLINE_ARI_USER and WARMLINE_ARI_PASSWORD.
# As root: install -m 600 /dev/null /etc/{application}.env, then write a line NAME=value for each.
EnvironmentFile=-/etc/{application}.env
ExecStart={command}
Restart=on-failure
RestartSec=2
# As Ctrl-C: the script lets its callers go on in the dialplan, which takes up to 15 s without Asterisk.
KillSignal=SIGINT
TimeoutStopSec=20
UMask=0027

# The script reads its files, and writes here only. Folders of its own belong here, too.
ProtectSystem=strict
ReadWritePaths=-/var/lib/warmline
ProtectHome=read-only
PrivateTmp=true
PrivateDevices=true
NoNewPrivileges=true
CapabilityBoundingSet=
AmbientCapabilities=
RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
LockPersonality=true
ProtectClock=true
ProtectControlGroups=true
ProtectHostname=true
ProtectKernelLogs=true
ProtectKernelModules=true
ProtectKernelTunables=true
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
"""


def write(name: str, folder: Path) -> tuple[Path, Path, Path]:
    """Write the script, a test and a unit; return their paths. Raises CodedError; then nothing is written."""
    script_skeleton.check_name(name, LONGEST, pattern=NAME, signs="_ and -")
    application = to_application(name)
    script, test = folder / name, folder / f"test_{name.replace('-', '_')}.py"
    unit = folder / f"{application}.service"
    command = f"{_quote(sys.executable)} {_quote(str(script.absolute()))}"
    texts = {
        script: BODY.format(name=name, python=sys.executable),
        test: TEST.format(name=name),
        unit: UNIT.format(name=name, application=application, unit=shlex.quote(str(unit.absolute())), command=command),
    }
    script_skeleton.write_all(texts, script)
    return script, test, unit


def _quote(word: str) -> str:
    """Return a word of a command as systemd reads it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return escaped if re.fullmatch(r"[\w./%$-]+", escaped) else f'"{escaped}"'
