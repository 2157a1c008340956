"""What a script loads when it calls a function of `warmline.agi`: callers wait for it in silence.

Modules are counted, because they are the same on each machine; a module costs about 0.2 ms.
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import FunctionType
from unittest import mock

import pytest

from tests.agi.other_end import ENVIRONMENT
from tests.agi.pbx import PROJECT
from tests.internals.scripts import config, leads
from warmline import agi
from warmline.agi.testing import new_database
from warmline.system import speech_files

NUMBER = "15551234"
# A script that does nothing more than to call one function, by the way in which the page begins it.
SCRIPT = """
import sys
bare = len(sys.modules)
sys.path[:0] = [{project!r}, {packages!r}]
from warmline.agi import run, {names}
def script(agi):
    {call}
run(script)
print(len(sys.modules) - bare, *sorted(sys.modules), file=sys.stderr)
"""
# Function → its call, and the most modules that it may load, beyond those of Python without any module.
READ, CHANGE = 65, 145
BUDGETS = {
    "enter_ingroup": ("enter_ingroup(agi, 'SALESLINE')", 60),
    "enter_agent": ("enter_agent(agi, '1000')", 60),
    "enter_did": ("enter_did(agi, '8005550100')", 60),
    "explain": ("explain('8005550100')", 60),
    "route": ("route(agi, '8005550100')", 60),
    "queue": ("queue('SALESLINE')", 65),
    "agent": ("agent('1000')", 65),
    "open_now": ("open_now('OFFICE')", 60),
    "read_data": ("read_data(agi, 'ticket')", 30),
    "write_data": ("write_data(agi, {'ticket': 4711})", 30),
    "say_text": ("say_text(agi, 'Hello')", 50),
    "say": ("say(agi, 'vm-goodbye', 3)", 30),
    "find_leads": (f"assert find_leads('{NUMBER}')", READ),
    "read_lead": ("read_lead(1)", READ),
    "find_dnc": (f"find_dnc('{NUMBER}')", READ),
    "add_dnc": (f"add_dnc('{NUMBER}')", 100),
    "make_callback": (f"make_callback('{NUMBER}', '+2h', agent='1000', ingroup='SALESLINE')", 90),
    "create_lead": ("create_lead('15559999', 'CUSTOMERS')", CHANGE),
    "update_lead": ("update_lead(1, comments='x')", CHANGE),
    "serve": ("serve", 70),
    "run": ("agi.answer()", 25),
}
SLOW = {"aiohttp", "asyncio", "dataclasses", "inspect", "msgspec", "pathlib", "re", "typing"}  # 3 to 90 ms each


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("db") / "warmline.db"
    new_database(file, ingroups=["SALESLINE"], agents=["1000"], dids={"8005550100": "ingroup:SALESLINE"})
    config.create(file, "call-time", "OFFICE", {}, who="test")
    config.create(file, "list", "CUSTOMERS", {}, who="test")
    leads.create(file, "CUSTOMERS", {"phone_number": NUMBER}, who="test")
    with mock.patch.dict(os.environ, environment(file)):
        spoken_text = speech_files.find("Hello")
    assert spoken_text
    sound = Path(f"{spoken_text.path}.wav")
    sound.parent.mkdir(parents=True)
    sound.touch()
    return file


def test_each_function_has_a_budget() -> None:
    functions = {name for name in agi.__all__ if isinstance(getattr(agi, name), FunctionType)}
    assert functions == set(BUDGETS)


@pytest.mark.parametrize("name", BUDGETS)
def test_a_function_loads_no_more_than_its_budget(database: Path, name: str) -> None:
    call, budget = BUDGETS[name]
    count, modules = load_by(database, call, name)
    assert count <= budget, sorted(modules)
    if budget <= READ:
        assert not modules & SLOW


def test_a_script_that_finds_the_owner_of_a_lead_loads_little_more_than_its_targets(database: Path) -> None:
    vip = f"find_leads('{NUMBER}'); enter_agent(agi, '1000'); enter_ingroup(agi, 'SALESLINE')"
    vip_count, _ = load_by(database, vip, "find_leads, enter_agent, enter_ingroup")
    ingroup_count, _ = load_by(database, "enter_ingroup(agi, 'SALESLINE')", "enter_ingroup")
    assert vip_count <= ingroup_count + 10


def load_by(database: Path, call: str, names: str) -> tuple[int, set[str]]:
    """Run a script that imports these names, with this call; return how many modules it has loaded, and all modules."""
    packages = sysconfig.get_path("purelib")
    result = subprocess.run(
        [sys.executable, "-ISE", "-c", SCRIPT.format(project=str(PROJECT), packages=packages, call=call, names=names)],
        input=ENVIRONMENT + "\n" + "200 result=1 (x)\n" * 20,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment(database),
        timeout=20,
    )
    assert "WARMLINE_REASON" not in result.stdout, result.stdout
    count, *modules = result.stderr.split()
    return int(count), set(modules)


def environment(database: Path) -> dict[str, str]:
    folder = str(database.parent)
    return {"WARMLINE_DB": str(database), "WARMLINE_RUN": folder, "WARMLINE_SPOOL": f"{folder}/spool"}
