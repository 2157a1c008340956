"""Teams of agents whose phones are sipp's: their configuration in a lab, in addition to its ten agents."""

from collections.abc import Iterable
from pathlib import Path

from tools.bench.tools.bench_dialplan import ENTERED
from tools.bench.tools.bench_lab import BenchLab, reload


def names(team: str, size: int) -> list[str]:
    """Return the phones of a team, named as `Crowd.team` does."""
    return [f"{team}-{number}" for number in range(1, size + 1)]


def agents(team: str, size: int) -> str:
    """Return a team of Warmline's agents, as configuration changes."""
    agent = 'campaign = "TESTCAMP"\ningroups = "SALESLINE"\n'
    return "".join(f'[phone.{name}]\n[agent.{name}]\nphone = "{name}"\n{agent}' for name in names(team, size))


PHONE = """
[{name}](phone)
rtp_timeout = 0
aors = {name}
[{name}]
type = aor
contact = sip:{name}@{where}
"""


def add_phones(here: BenchLab, phones: Iterable[str], where: str = "127.0.0.1:9") -> None:
    """Add SIP accounts that send no sound and need no password, and put the mark of entering into each event.

    Each has a contact at `where`, which is never checked. A phone without a contact that sends no packets would count
    as away, and its agent would get no call.
    """
    etc = Path(here.lab.dir) / "etc"
    with open(etc / "pjsip.conf", "a") as file:
        file.write("".join(PHONE.format(name=name, where=where) for name in phones))
    with open(etc / "ari.conf", "a") as file:
        file.write(f"\n[general](+)\nchannelvars = WARMLINE_CALL,WARMLINE_SESSION,{ENTERED}\n")
    reload(here.lab, "res_pjsip.so", "res_ari.so")
