"""Measures the cost of the gate for a request: through the guard's gate beside straight to Asterisk, in turn.

Each side sends the same read over a connection that stays open. One gate takes plain HTTP, another one TLS. The guards
are programs of their own, as on the machine of an Asterisk.
"""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from lab.description import Lab
from tools.bench.tools.bench_lab import stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.trusted_certificate import trusting

COUNT = 1000  # rounds; each side sends a request in each
WARM = 20  # requests before the first round
LIMIT_MS = 0.3
WITHIN = 10.0  # seconds until a gate answers
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
SIDES = ("straight", "gate", "gate with TLS")


async def measure(count: int, step: Step) -> BenchResult:
    """Send `count` requests by each way. Raises CannotMeasureError, LabError."""
    took: dict[str, list[float]] = {name: [] for name in SIDES}
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(stage())
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="warmline-gate-")))
        certificate = await asyncio.to_thread(_certificate, folder)
        clients = {"straight": await stack.enter_async_context(_client(here.lab, here.lab.ari["url"]))}
        for name, files in (("gate", None), ("gate with TLS", certificate)):
            url = await stack.enter_async_context(_gate(folder / name.replace(" ", "-"), here.lab, files))
            clients[name] = await stack.enter_async_context(_client(here.lab, url, files))
            await _answers(clients[name])
        for client in clients.values():
            for _ in range(WARM):
                await client.request("GET", "asterisk", "ping")
        for number in range(count):
            for name in SIDES if number % 2 else SIDES[::-1]:
                begun = time.perf_counter()
                await clients[name].request("GET", "asterisk", "ping")
                took[name].append((time.perf_counter() - begun) * 1000)
            step()
    return BenchResult("gate", "straight to Asterisk", judge(took))


def judge(took: dict[str, list[float]]) -> list[ResultRow]:
    """Return a row for each gate: its request in ms, and how much longer than straight the median is."""
    straight = _figures(took["straight"])
    rows = []
    for name in SIDES[1:]:
        ours = _figures(took[name])
        cost = ours["median"] - straight["median"]
        text = f"a request by the {name}, {cost:.2f} ms longer"
        rows.append(ResultRow(text, "ms", ours, straight, f"{LIMIT_MS} ms longer or less", cost <= LIMIT_MS))
    return rows


def _figures(values: list[float]) -> Figures:
    late = quantiles(values, n=100)[98] if len(values) > 1 else values[0]
    return {"median": median(values), "p99": late, "n": float(len(values))}


def _client(lab: Lab, url: str, certificate: Path | None = None) -> AriClient:
    tls = trusting(str(certificate)) if certificate else None
    return AriClient(url, lab.ari["user"], lab.ari["password"], "bench", epoch=1, tls=tls)


def _write(settings: Path, lines: dict[str, str]) -> None:
    settings.parent.mkdir()
    settings.write_text("".join(f'{name} = "{value}"\n' for name, value in lines.items()))


@asynccontextmanager
async def _gate(folder: Path, lab: Lab, certificate: Path | None) -> AsyncIterator[str]:
    """Run a guard with a gate before the lab's Asterisk; yield the URL of ARI by it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lines = {
        "gate": f"127.0.0.1:{port}",
        "gate_certificate": str(certificate or ""),
        "ari_url": lab.ari["url"],
        "ari_user": lab.ari["user"],
        "ari_password": lab.ari["password"],
        "run": str(folder),
        "spool": str(folder / "spool"),
    }
    settings = folder / "warmline.toml"
    await asyncio.to_thread(_write, settings, lines)
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ari_app.guard", env={"WARMLINE_CONFIG": str(settings)}, stderr=subprocess.DEVNULL
    )
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{port}/ari"
    finally:
        program.terminate()
        await program.wait()


async def _answers(client: AriClient) -> None:
    """Wait until a gate answers. Raises CannotMeasureError."""
    until = time.monotonic() + WITHIN
    while True:
        try:
            await client.request("GET", "asterisk", "ping")
        except AriError as error:
            if time.monotonic() > until:
                raise CannotMeasureError(f"the gate does not answer: {error}") from None
            await asyncio.sleep(0.05)
        else:
            return


def _certificate(folder: Path) -> Path:
    """Make a certificate for loopback, with its key in the same file. Raises CannotMeasureError."""
    file = folder / "gate.pem"
    name = ("-subj", "/CN=gate", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2")
    try:
        made = subprocess.run(
            ["openssl", "req", "-x509", *KEY, "-keyout", "-", "-out", "-", *name], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotMeasureError(f"openssl cannot make a certificate: {error}") from None
    file.write_bytes(made.stdout)
    return file
