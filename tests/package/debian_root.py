"""A clean Debian in namespaces of its own: systemd as its first process, and a network with nothing but loopback.

Its packages come from the archive once, into the cache folder. Each root is an overlay above that folder.
"""

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab import asterisk

SUITE = "sid"
TOOLS = {"mmdebstrap": "mmdebstrap", "lintian": "lintian", "dh": "debhelper", "dpkg-buildpackage": "dpkg-dev"}
BOOTS = ("systemd-sysv", "dbus")  # a minimal Debian has no init
# apt installs these from the folder of its archives, without a network.
FETCHED = ("asterisk python3", "asterisk asterisk-core-sounds-en-wav sip-tester")
ANY_AGE = '--aptopt=Acquire::Check-Valid-Until "false"'  # a mirror may lag behind, or this machine's clock be ahead
START = Path(__file__).with_name("start-debian")
NAMESPACES = ("--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup")
CGROUPS = (Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup"))
IN_CGROUP = 'echo $$ >"$0/cgroup.procs" && exec unshare "$@"'
CLONE_NEWNET = 0x40000000
LIMIT = 120.0  # seconds for one command
STATE = ("var/log", "var/cache", "var/lib/apt", "var/lib/dpkg", "var/lib/systemd", "var/tmp", "tmp", "root", "run")


def missing_tools() -> list[str]:
    """Return the Debian packages that the tests need and this machine lacks."""
    return [package for program, package in TOOLS.items() if not shutil.which(program)]


def base() -> Path:
    """Return the folder of a clean Debian; the first call fetches it from the archive."""
    folder = asterisk.cache_folder().with_name(f"debian-{SUITE}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(f"{folder.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            partial = folder.with_name(f"{folder.name}.partial")
            shutil.rmtree(partial, ignore_errors=True)
            _bootstrap(partial)
            partial.rename(folder)
    return folder


def files_with_asterisk(place: Path) -> set[str]:
    """Return the files of the clean Debian after `apt-get install asterisk`; `place` is a folder that does not exist.

    The first call for a clean Debian on this machine installs it there.
    """
    clean = base()
    kept = clean.with_name(f"{clean.name}.with-asterisk")
    with open(clean.with_name(f"{kept.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists() or kept.stat().st_mtime < clean.stat().st_mtime:
            with DebianRoot(place) as root:
                root.type("apt-get install --yes asterisk")
                text = "\n".join(sorted(root.files()))
            partial = kept.with_name(f"{kept.name}.partial")
            partial.write_text(text)
            partial.rename(kept)
        return set(kept.read_text().splitlines())


def _bootstrap(folder: Path) -> None:
    """Make a Debian that boots, with the archives of the packages that tests install."""
    fetch = 'env --unset=APT_CONFIG chroot "$1" apt-get install --install-recommends --download-only --yes'
    hooks = [f"--customize-hook={fetch} {packages}" for packages in FETCHED]
    words = ["--variant=minbase", f"--include={','.join(BOOTS)}", "--skip=cleanup/apt", ANY_AGE, *hooks]
    done = subprocess.run(["mmdebstrap", *words, SUITE, folder], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


class DebianRoot:
    """A clean Debian that has booted, a context manager; `folder` is its root as this machine sees it."""

    def __init__(self, place: Path) -> None:
        self._place, self.folder = place, place / "root"

    def __enter__(self) -> "DebianRoot":
        for name in ("upper", "work", "root"):
            (self._place / name).mkdir(parents=True)
        layers = f"lowerdir={base()},upperdir={self._place}/upper,workdir={self._place}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, self.folder], check=True)
        group = next(one for one in CGROUPS if (one / "cgroup.procs").exists())
        self._cgroup = tempfile.mkdtemp(prefix="warmline-", dir=group)
        command = ["sh", "-c", IN_CGROUP, self._cgroup, *NAMESPACES, "--fork", "--kill-child", START, self.folder]
        with open(self._place / "log", "wb") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            self._wait_until_booted()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if first := int(self._first_process()):
            os.kill(first, signal.SIGKILL)  # and with it all processes of the Debian
        self._process.wait()
        subprocess.run(["umount", "--lazy", self.folder], check=True)
        subprocess.run(["find", self._cgroup, "-depth", "-type", "d", "-delete"], check=True)
        shutil.rmtree(self._place)

    def _wait_until_booted(self) -> None:
        limit = time.monotonic() + LIMIT
        while self._first_process() == "0" or not self._is_up():
            assert self._process.poll() is None and time.monotonic() < limit, (self._place / "log").read_text()
            time.sleep(0.1)  # nothing reports that systemd can be asked

    def _is_up(self) -> bool:
        return self.run("systemctl is-system-running --wait").stdout.strip() in ("running", "degraded")

    def command(self, line: str) -> list[str]:
        """Return the command that runs a line in a shell of the Debian's root."""
        enter = ["nsenter", "--target", self._first_process(), *NAMESPACES, "--root", "--wd"]
        environ = ["PATH=/usr/sbin:/usr/bin", "HOME=/root", "LC_ALL=C.UTF-8", "TERM=dumb"]
        return [*enter, "env", "-i", *environ, "bash", "-c", f"cd; {line}"]

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run a line as root."""
        command = self.command(line)
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT)

    def type(self, line: str) -> str:
        """Run a line that must succeed; return what it printed."""
        done = self.run(line)
        assert done.returncode == 0, f"{line}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _first_process(self) -> str:
        """Return the number of the Debian's first process, which is the child of `unshare`."""
        number = self._process.pid
        try:
            return Path(f"/proc/{number}/task/{number}/children").read_text().strip() or "0"
        except FileNotFoundError:
            return "0"

    @contextmanager
    def network(self) -> Iterator[None]:
        """Let this thread, and the programs that it starts, open sockets in the Debian's network."""
        libc = ctypes.CDLL(None, use_errno=True)
        with open("/proc/thread-self/ns/net") as here, open(f"/proc/{self._first_process()}/ns/net") as there:
            try:
                assert libc.setns(there.fileno(), CLONE_NEWNET) == 0, os.strerror(ctypes.get_errno())
                yield
            finally:
                assert libc.setns(here.fileno(), CLONE_NEWNET) == 0, os.strerror(ctypes.get_errno())

    def files(self) -> set[str]:
        """Return all files of the Debian, except logs, caches, and the records of apt, dpkg and systemd."""
        prune = " -o ".join(f"-path /{name}" for name in STATE)
        return set(self.type(f"find / -xdev \\( {prune} \\) -prune -o -print").splitlines())
