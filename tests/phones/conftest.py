"""Foreign phones in a lab; the lab and its loop are those of the scenarios."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.phones.foreign_phone import Account, ForeignPhone
from tests.phones.phone_world import PHONES, ROLES, PhoneWorld
from tests.scenarios import conftest as scenarios
from tools.simulation.call_centre.lab_site import LabSite

pytest_pyfunc_call, runner, site = scenarios.pytest_pyfunc_call, scenarios.runner, scenarios.site


@pytest.fixture(params=[(name, role) for name in PHONES for role in ROLES], ids=" as ".join)
def world(
    request: pytest.FixtureRequest, runner: asyncio.Runner, site: LabSite, tmp_path: Path
) -> Iterator[PhoneWorld]:
    """Provide the call centre in the lab, where the parties of one role have phones of one program."""
    name, role = request.param
    ensure, kind = PHONES[name]
    program = ensure(print)

    def make(account: Account, hz: int) -> ForeignPhone:
        number = sum(1 for _ in tmp_path.glob(f"{account.user}-*"))
        return kind(program, tmp_path / f"{account.user}-{number}", account, hz)

    world = PhoneWorld(site, make, role)
    yield world
    runner.run(world.close())
