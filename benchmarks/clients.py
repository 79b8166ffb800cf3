"""Let many clients pan, search and tag at once on a real server, and count what goes wrong; prints JSON.

    python benchmarks/clients.py                                  # 50 clients, a minute, MNIST's digits
    python benchmarks/clients.py --points 300 --clients 5 --seconds 3     # a smoke test

A client opens the map, reads its manifest and arrays, then again and again does one of these: revalidates
files and reads ranges of them (panning), reads an item, a page of items, the dataset's description and
versions, a topic with its items or the near duplicates, searches by an item, selects, tags items, or edits
the tags: reads them and puts them back with one more, as often as another client was faster (412). One more
client reads a byte a second and is in nobody's way. Latencies are those of whole requests, in milliseconds,
measured by the clients, which share the machine with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from arena.command import note, parser, publish
from arena.data import prepare

NAME = "clients"
TIMEOUT = 30.0
Report = dict[str, Any]


class Client:
    """One reader of the map."""

    def __init__(self, number: int, http: httpx.AsyncClient, log: Log) -> None:
        self.number = number
        self._http = http
        self._log = log
        self._random = random.Random(number)
        self._count = 0
        self._files: list[str] = []

    async def act(self, until: float) -> None:
        """Open the map, then do one thing after another until the time is up."""
        manifest = (await self._ask("open", "GET", f"/maps/{NAME}/map/manifest.json")).json()
        self._count = manifest["count"]
        self._files = sorted(set(re.findall(r'"path": ?"([^"]+)"', (await self._text()))))
        reads = (self._pan, self._pan, self._read, self._page, self._describe, self._topic, self._duplicates)
        acts = (*reads, self._search, self._select, self._tag, self._edit_tags)
        while time.monotonic() < until:
            await self._random.choice(acts)()

    async def _text(self) -> str:
        return (await self._ask("open", "GET", f"/maps/{NAME}/map/manifest.json")).text

    async def _pan(self) -> None:
        path = f"/maps/{NAME}/map/{self._random.choice(self._files)}"
        whole = await self._ask("pan", "GET", path)
        again = {"If-None-Match": whole.headers["etag"]}
        await self._ask("pan", "GET", path, headers=again, expected=(304,))
        await self._ask("pan", "GET", path, headers={"Range": "bytes=0-99"}, expected=(206,))

    async def _read(self) -> None:
        await self._ask("item", "GET", f"/api/maps/{NAME}/items/{self._random.randrange(self._count)}")

    async def _page(self) -> None:
        asked = {"offset": self._random.randrange(self._count), "limit": 50}
        found = await self._ask("page", "GET", f"/api/datasets/{NAME}/items", params=asked)
        self._log.expect(bool(found.json()["items"]), "a page is empty")

    async def _describe(self) -> None:
        await self._ask("describe", "GET", f"/api/datasets/{NAME}")
        await self._ask("describe", "GET", f"/api/datasets/{NAME}/versions")

    async def _topic(self) -> None:
        found = await self._ask("topics", "GET", f"/api/maps/{NAME}/topics")
        topic = self._random.choice(found.json()["topics"])["id"]
        await self._ask("topic", "GET", f"/api/maps/{NAME}/topics/{topic}", params={"limit": 100})

    async def _duplicates(self) -> None:
        await self._ask("duplicates", "GET", f"/api/maps/{NAME}/duplicates", params={"limit": 20})

    async def _search(self) -> None:
        asked = {"item": self._random.randrange(self._count), "limit": 50}
        found = await self._ask("search", "POST", f"/api/maps/{NAME}/search", json=asked)
        self._log.expect(len(found.json()["items"]) == 50, "a search found too few")

    async def _select(self) -> None:
        wanted = {"values": {"field": "label", "in": [str(self._random.randrange(10))]}}
        await self._ask("select", "POST", f"/api/datasets/{NAME}/select", json={"selection": wanted})

    async def _tag(self) -> None:
        ids = self._random.sample(range(self._count), 20)
        given = {"tag": f"reader {self.number}", "ids": ids}
        await self._ask("tag", "POST", f"/api/datasets/{NAME}/tag", json=given)

    async def _edit_tags(self) -> None:
        path = f"/api/maps/{NAME}/tags"
        while True:
            before = await self._ask("edit tags", "GET", path)
            tags = [tag for tag in before.json()["tags"] if tag["name"] != f"reader {self.number}"]
            rows = sorted(self._random.sample(range(self._count), 20))
            tags.append({"name": f"reader {self.number}", "color": self.number % 20, "rows": rows})
            match = {"If-Match": before.headers["etag"]}
            put = await self._ask(
                "edit tags", "PUT", path, json={"tags": tags}, headers=match, expected=(200, 204, 412)
            )
            if put.status_code != 412:
                return

    async def _ask(
        self, act: str, method: str, path: str, *, expected: tuple[int, ...] = (200,), **sent: Any
    ) -> httpx.Response:
        begun = time.perf_counter()
        answer = await self._http.request(method, path, **sent)
        self._log.seconds[act].append(time.perf_counter() - begun)
        self._log.expect(
            answer.status_code in expected, f"{method} {act}: {answer.status_code} {answer.text[:200]}"
        )
        if answer.status_code == 412:
            self._log.overtaken += 1
        return answer


class Log:
    """What the clients saw."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()
        self.overtaken = 0

    def expect(self, well: bool, otherwise: str) -> None:
        """Count an error unless all is well."""
        if not well:
            self.errors[otherwise] += 1

    def report(self) -> Report:
        """Return requests, errors and latencies."""
        every = [second for seconds in self.seconds.values() for second in seconds]
        acts = {act: milliseconds(seconds) for act, seconds in sorted(self.seconds.items())}
        return {
            "requests": len(every),
            "errors": dict(self.errors),
            "overtaken": self.overtaken,
            "all": milliseconds(every),
            "acts": acts,
        }


def milliseconds(seconds: list[float]) -> Report:
    """Return the median and the 99th of a hundred, and how many there were."""
    p50, p99 = np.percentile(np.array(seconds) * 1000, [50, 99])
    return {"count": len(seconds), "p50_ms": float(p50), "p99_ms": float(p99)}


async def slow_reader(address: str, until: float) -> None:
    """Ask for a file and take it a byte a second."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1)
    writer.write(f"GET /maps/{NAME}/map/manifest.json HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    while time.monotonic() < until:
        await reader.read(1)
        await asyncio.sleep(1)
    writer.close()


async def one(number: int, address: str, until: float, log: Log) -> None:
    """Run one client; what it could not do counts as an error."""
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT) as http:
        try:
            await Client(number, http, log).act(until)
        except httpx.HTTPError as error:
            log.errors[type(error).__name__] += 1


async def crowd(address: str, clients: int, seconds: float) -> Report:
    """Let all of them loose for so many seconds."""
    log = Log()
    until = time.monotonic() + seconds
    readers = [one(number, address, until, log) for number in range(clients)]
    await asyncio.gather(slow_reader(address, until), *readers)
    return log.report()


@asynccontextmanager
async def serving(home: Path) -> AsyncIterator[tuple[str, int]]:
    """Run `terrella serve` in a process of its own; yield its address and process number."""
    command = [sys.executable, "-u", "-m", "terrella", "serve", "--no-open", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = next(
            found.group() for line in server.stdout if (found := re.search(r"http://127[\d.]+:\d+", line))
        )
        try:
            yield address, server.pid
        finally:
            server.terminate()


def peak_gib(pid: int) -> float:
    """Return the most memory a process has had, in GiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) / 2**20 if found else float("nan")


async def measure(home: Path, options: argparse.Namespace) -> Report:
    """Serve the map and report what the clients saw and what memory the server took."""
    async with serving(home) as (address, pid):
        report = await crowd(address, options.clients, options.seconds)
        return {**report, "server_peak_gib": peak_gib(pid)}


def main() -> None:
    """Make a map, serve it, and let the clients loose."""
    command = parser(__doc__.splitlines()[0], runs=1)
    command.add_argument("--data", choices=("digits", "mnist"), default="mnist")
    command.add_argument("--clients", type=int, default=50, help="at once (50)")
    command.add_argument("--seconds", type=float, default=60.0, help="how long (60)")
    options = command.parse_args()
    data = prepare(options.data, options.work, options.points)
    with tempfile.TemporaryDirectory() as folder:
        import terrella

        records = {"label": [str(label) for label in data.labels]}
        terrella.open(NAME, home=folder).add(records, vectors=data.vectors, label="label").map()
        note(f"{len(data.vectors):,} items, {options.clients} clients, {options.seconds:.0f} s")
        found = asyncio.run(measure(Path(folder), options))
    publish(
        {"benchmark": "clients", "clients": options.clients, "seconds": options.seconds, **found}, options.out
    )


if __name__ == "__main__":
    main()
