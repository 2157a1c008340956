"""The Asterisk of scenarios runs before all other programs, and its scripts do not."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from tests.audio_first import not_in_real_time
from tests.scenarios.given import in_talking
from tools.simulation.call_centre.real_world import RealWorld

NUMBER = "8005550160"
SCRIPT = f"""#!{sys.executable} -IS
import os
open("{{found}}", "w").write(str(os.sched_getscheduler(0)))
"""


async def test_each_thread_of_asterisk_is_in_real_time_and_no_script_is(real: RealWorld, tmp_path: Path) -> None:
    refused = await asyncio.to_thread(subprocess.call, ("chrt", "--rr", "1", "true"), stderr=subprocess.DEVNULL)
    await in_talking(real)  # Asterisk has started threads for this call
    beside_others = not_in_real_time(real.site.lab.pids["asterisk"])
    assert bool(beside_others) is bool(refused), "a user who may not give that priority has an Asterisk as usual"
    script = tmp_path / "script"
    script.write_text(SCRIPT.format(found=tmp_path / "found"))
    script.chmod(0o755)
    for at, step in enumerate((f"AGI({script})", "Hangup()"), 1):
        await real._extend(f'"{NUMBER},{at},{step}" into from-trunk')
    await real.is_gone(await real.customer(NUMBER))
    assert int((tmp_path / "found").read_text()) == os.SCHED_OTHER
