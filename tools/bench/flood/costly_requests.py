"""B1: requests of strangers that cost much before their sender has a name."""

from tools.bench.flood.attack_plan import Attack, AttackPlan, get, post, read_as

CHUNKS = 10_000
CHUNKED = (
    b"POST /agc/api.php HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * CHUNKS + b"0\r\n\r\n"
)
MULTIPART = "multipart/form-data; boundary=b"
ALLOWED = 16_000  # bytes of a body that is not refused for its size


def form(size: int) -> bytes:
    """Return a form of 190 fields with as many percent signs as fit."""
    each = size // 190
    body = b"&".join(b"f%d=" % number + b"%41" * ((each - 6) // 3) for number in range(190))
    return post(body)


def separators(size: int) -> bytes:
    """Return a form whose field `comments` has separators alone."""
    return post(b"comments=" + b";#" * (size // 2))


def part_headers(size: int) -> bytes:
    """Return a multipart form whose one part has headers of this size."""
    line = b"X-A: b\r\n"
    body = b"--b\r\n" + line * (size // len(line)) + b'Content-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'
    return post(body, MULTIPART)


def parts(count: int) -> bytes:
    """Return a multipart form of so many tiny parts."""
    one = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    return post(one * count + b"--b--\r\n", MULTIPART)


def query(size: int) -> bytes:
    """Return a GET request with a query of this size."""
    return get("/agc/api.php?" + "a=%41&" * (size // 6))


def unknown_token() -> bytes:
    """Return a request with a bearer token of the right form that is not known."""
    return read_as("x" * 43, "/agents")


def headers(count: int, size: int) -> bytes:
    """Return a request with so many headers of this size."""
    return get("/healthz", **{f"X-{number}": "y" * size for number in range(count)})


REPORTED = (form(56_000), separators(64_000), part_headers(50_000), parts(200), query(7_600), unknown_token())
# The same, as large as they may be.
ADAPTED = (form(ALLOWED), separators(ALLOWED), part_headers(ALLOWED), parts(200), query(4_000), unknown_token())
PLAIN = tuple(map(get, ("/healthz", "/nothing", "/api/v1/openapi.json")))

ATTACKS = (
    Attack("B1-chunks", "forms of 10,000 chunks, 200 connections", 63, lambda _: AttackPlan(200, 100, (CHUNKED,))),
    Attack("B1-forms", "costly forms, 200 connections", 63, lambda _: AttackPlan(200, 100, REPORTED)),
    Attack("B1-allowed", "the largest allowed forms, 200 connections", 63, lambda _: AttackPlan(200, 100, ADAPTED)),
    Attack("B1-heads", "36 headers of 8 KB, 200 connections", 63, lambda _: AttackPlan(200, 100, (headers(36, 8000),))),
    Attack("B1-plain", "cheap requests, 50 connections", 3700, lambda _: AttackPlan(50, 4000, PLAIN)),
)
