"""A program that brings leads over HTTP, changes them and fetches them, and goes on after the app was killed.

It follows the page about the JSON API. A request without an answer is sent again, and an import that the app has
forgotten begins again. A change of a list goes on at its `after`, and a list of leads after the last lead.
"""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from tools.bench.tools.result import CannotMeasureError

PIECE = 256 << 10  # bytes of a file in one request
PAGE = 1000  # leads in one answer
AGAIN = 0.1  # seconds until a request is sent again
PATIENCE = 120.0  # seconds for which a request is sent again
IMPORTS = 100  # of one file
BUSY = (429, 503)
NO_QUERY: Mapping[str, str] = {}
FORGOTTEN = "import_unknown"
Answer = dict[str, Any]


@dataclass
class LeadProgram:
    """A client with a token. `resumed` counts requests that were sent again, and `begun` imports.

    `progress` is how far the work in hand is, from 0 to 1; whoever starts the work says how much it is.
    """

    http: aiohttp.ClientSession
    resumed: int = 0
    begun: int = 0
    progress: float = 0.0
    page: int = PAGE
    looks: float = 0.02  # seconds between two looks at an import

    async def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        known: tuple[int, ...] = (),
        key: str = "",
        query: Mapping[str, str] = NO_QUERY,
    ) -> tuple[int, Any]:
        """Send a request until it has an answer; return its status and document. Raises CannotMeasureError.

        An error that is not one of the `known` ones, and no reason to wait, ends the benchmark.
        """
        until = asyncio.get_running_loop().time() + PATIENCE
        headers = {"Idempotency-Key": key} if key else {}
        while True:
            try:
                asked = self.http.request(method, f"/api/v1{path}", json=body, params=dict(query), headers=headers)
                async with asked as answer:
                    status, told = answer.status, await answer.json(content_type=None)
                if status < 400 or status in known:
                    return status, told
                if status not in BUSY:
                    raise CannotMeasureError(f"{method} {path}: {status} {told}")
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                told = error
            if asyncio.get_running_loop().time() > until:
                raise CannotMeasureError(f"{method} {path} has no answer: {told}")
            self.resumed += 1
            await asyncio.sleep(AGAIN)

    async def bring(self, list_id: str, file: bytes) -> Answer:
        """Import a file, and return the report of its import; it begins again while the app forgets it.

        Raises CannotMeasureError.
        """
        asked = {"size": len(file), "sha256": hashlib.sha256(file).hexdigest()}
        for _ in range(IMPORTS):
            self.begun += 1
            _, job = await self.ask("POST", f"/lists/{list_id}/imports", asked)
            if report := await self._followed(job, file):
                return report
        raise CannotMeasureError(f"an import into list {list_id} has begun {IMPORTS} times, and never ended")

    async def _followed(self, job: Answer, file: bytes) -> Answer | None:
        """Upload the file of an import, and return its report; None if it has to begin again."""
        address = f"/imports/{job['id']}"
        while job["state"] == "uploading":
            at = job["received"]
            piece = {"offset": at, "data": b64encode(file[at : at + PIECE]).decode()}
            status, job = await self.ask("PUT", address, piece, known=(404, 409))
            if status == 409:
                _, job = await self.ask("GET", address, known=(404,))
            if job.get("code") == FORGOTTEN:
                return None
            self.progress = job["received"] / len(file) / 2
        while job["state"] == "running":
            await asyncio.sleep(self.looks)
            _, job = await self.ask("GET", address, known=(404,))
            if job.get("code") == FORGOTTEN:
                return None
            self.progress = (1 + job["read"] / len(file)) / 2
        if job["state"] == "failed":
            return None
        await self.ask("DELETE", address, known=(404,))
        return dict(job["report"])

    async def change(self, list_id: str, last: int, after: int = 0, **wanted: object) -> int:
        """Change the leads of a list behind the lead `after`; return the number of changed ones in its answers.

        `last` is the newest lead, by which the progress is known.
        """
        changed = 0
        while True:
            _, told = await self.ask("POST", f"/lists/{list_id}/change", {**wanted, "after": after})
            changed += int(told["changed"])
            if told["after"] is None:
                return changed
            after = told["after"]
            self.progress = after / last

    async def fetched(self, list_id: str, last: int, after: int = 0, most: int = 1 << 62) -> AsyncIterator[Answer]:
        """Yield up to `most` leads of a list behind the lead `after`, page by page; `last` is as for `change`."""
        while most > 0:
            limit = str(min(self.page, most))
            query = {"after": str(after), "limit": limit}
            _, page = await self.ask("GET", f"/lists/{list_id}/leads", query=query)
            for one in page:
                yield one
            if len(page) < self.page:
                return
            after, most = page[-1]["lead_id"], most - len(page)
            self.progress = after / last
