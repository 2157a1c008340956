"""A silent sound device. Firefox runs no sound of a page on a machine without a device."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

WITHIN = 30.0  # seconds of its start, on a busy machine


class SoundDevice:
    """A PulseAudio with a null device, for the Firefox processes that get its variables."""

    def __init__(self, root: Path, folder: Path, environ: Mapping[str, str]) -> None:
        self._root, self._folder = root, folder
        self._socket = folder / "socket"
        self._modules = next(root.glob("usr/lib/*pulse*/modules"))  # they are libraries of each other
        libraries = f"{environ['LD_LIBRARY_PATH']}:{self._modules}"
        own = {"LD_LIBRARY_PATH": libraries, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        self._environ = os.environ | own
        self.environ = {"PULSE_SERVER": f"unix:{self._socket}"}

    async def start(self) -> None:
        """Start it, and wait until it accepts connections. Raises TimeoutError."""
        self._folder.mkdir(mode=0o700)
        self._process = await asyncio.create_subprocess_exec(
            str(self._root / "usr/bin/pulseaudio"),
            *("-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", f"--dl-search-path={self._modules}"),
            *("--load=module-null-sink", f"--load=module-native-protocol-unix auth-anonymous=1 socket={self._socket}"),
            env=self._environ,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(WITHIN):
            while not self._socket.exists():  # noqa: ASYNC110 - another process makes it
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """End it."""
        self._process.terminate()
        await self._process.wait()
