"""`python -m tools.bench.flood.request_cost`: print the app's processor time for each costly request of B1.

Each request is sent many times to a lab without calls. Each kind comes from another address, so that no rate limit
counts two kinds together. A request that is refused costs as much as the refusal.
"""

import re
import socket
from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from lab import instance
from lab.description import Lab
from tools.bench.flood import costly_requests as costly
from tools.bench.tools import app_processes, processor_time

TIMES = 150  # requests of each kind
STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")

REQUESTS = {
    "form of 10,000 chunks": costly.CHUNKED,
    "form of 56 KB, 190 fields": costly.form(56_000),
    "form, as large as allowed": costly.form(costly.ALLOWED),
    "64 KB of ;# in a field": costly.separators(64_000),
    ";# as large as allowed": costly.separators(costly.ALLOWED),
    "part headers of 50 KB": costly.part_headers(50_000),
    "part headers, as large as allowed": costly.part_headers(costly.ALLOWED),
    "200 tiny parts": costly.parts(200),
    "query of 7.6 KB": costly.query(7_600),
    "query, as large as allowed": costly.query(4_000),
    "unknown bearer token": costly.unknown_token(),
    "36 headers of 8 KB": costly.headers(36, 8_000),
    "40 headers of 300 bytes": costly.headers(36, 300),
    "openapi.json": costly.PLAIN[2],
    "/healthz": costly.PLAIN[0],
}


def main() -> None:
    """Measure each kind, and print a line for it."""
    with TemporaryDirectory(prefix="warmline-cost-") as folder:
        lab = instance.up(Path(folder, "lab"))
        try:
            for number, (name, request) in enumerate(REQUESTS.items()):
                address = f"127.0.2.{number + 1}"
                _sent(lab, request, address, 10)  # warm-up
                before = _used(lab)
                answers = _sent(lab, request, address, TIMES)
                print(f"{name}: {1000 * (_used(lab) - before) / TIMES:.2f} ms, {dict(answers)}", flush=True)
        finally:
            instance.down(Path(folder, "lab"))


def _used(lab: Lab) -> float:
    return sum(processor_time.of_living(pid) for pid in app_processes.everyone(lab))


def _sent(lab: Lab, request: bytes, address: str, times: int) -> "Counter[str]":
    """Send a request again and again, each after the answer to the one before; return the statuses."""
    host, port = lab.api.removeprefix("http://").split(":")
    answers: Counter[str] = Counter()
    kept: socket.socket | None = None
    for _ in range(times):
        if kept is None:
            kept = socket.create_connection((host, int(port)), timeout=10, source_address=(address, 0))
        with suppress(OSError):
            kept.sendall(request)
        status, open_ = _answer(kept)
        answers[status] += 1
        if not open_:
            kept.close()
            kept = None
    return answers


def _answer(kept: socket.socket) -> tuple[str, bool]:
    """Read one whole answer; return its status, and whether the connection stays open."""
    came = b""
    with suppress(OSError):
        while b"\r\n\r\n" not in came:
            if not (more := kept.recv(1 << 16)):
                return "closed", False
            came += more
        head, _, body = came.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        while length and len(body) < int(length[1]):
            if not (more := kept.recv(1 << 16)):
                break
            body += more
        status = STATUS.match(head)
        return (status[1].decode() if status else "?"), b"connection: close" not in head.lower()
    return "reset", False


if __name__ == "__main__":
    main()
