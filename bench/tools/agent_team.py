"""Teams of agents whose phones are sipp's: their configuration in a lab, beyond its own ten."""

from collections.abc import Iterable
from pathlib import Path

from bench.tools.bench_dialplan import ENTERED
from bench.tools.bench_lab import BenchLab, reload


def names(team: str, size: int) -> list[str]:
    """The phones of a team, as `Crowd.team` calls them."""
    return [f"{team}-{number}" for number in range(1, size + 1)]


def agents(team: str, size: int) -> str:
    """A team of Warmline's, as configuration changes."""
    agent = 'campaign = "TESTCAMP"\ningroups = "SALESLINE"\n'
    return "".join(f'[phone.{name}]\n[agent.{name}]\nphone = "{name}"\n{agent}' for name in names(team, size))


PHONE = """
[{name}](phone)
rtp_timeout = 0
aors = {name}
[{name}]
type = aor
contact = sip:{name}@127.0.0.1:9
"""


def add_phones(here: BenchLab, phones: Iterable[str]) -> None:
    """SIP accounts that send no sound and need no password; and the mark of entering in each event.

    Each has a contact that nobody asks whether it is there: a phone without one, from which no packet comes, counts as
    away, and its agent is offered no call.
    """
    etc = Path(here.lab.dir) / "etc"
    with open(etc / "pjsip.conf", "a") as file:
        file.write("".join(PHONE.format(name=name) for name in phones))
    with open(etc / "ari.conf", "a") as file:
        file.write(f"\n[general](+)\nchannelvars = WARMLINE_CALL,WARMLINE_SESSION,{ENTERED}\n")
    reload(here.lab, "res_pjsip.so", "res_ari.so")
