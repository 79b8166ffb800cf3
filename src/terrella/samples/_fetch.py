"""Get a sample's files: from the user's folder, the cache, or a mirror. Whole and right, or an error."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import os
import urllib.error
import urllib.request
import zlib
from collections.abc import Sequence
from pathlib import Path

from ..errors import SourceError, StorageError
from ..typing import Callback
from ._catalog import Entry, File

__all__ = ["SAMPLES_VARIABLE", "MirrorsUnreachableError", "contents", "local_folder"]

SAMPLES_VARIABLE = "TERRELLA_SAMPLES"

_TIMEOUT = 10
"""Seconds that a mirror may stay silent."""

_BLOCK = 1 << 16
_ERRORS = (urllib.error.URLError, http.client.HTTPException, OSError)


class MirrorsUnreachableError(Exception):
    """No mirror could be reached; says why the last one could not."""


def local_folder(entry: Entry) -> Path | None:
    """Return the sample's folder below TERRELLA_SAMPLES, or None where there is none."""
    base = os.environ.get(SAMPLES_VARIABLE)
    if not base:
        return None
    folder = Path(base).expanduser() / entry.name
    return folder if folder.is_dir() else None


def contents(entry: Entry, cache: Path, mirrors: Sequence[str], report: Callback) -> list[bytes]:
    """Return the unpacked contents of the sample's four files, in the catalogue's order.

    Raises MirrorsUnreachableError when a file is neither here nor to be had, SourceError for a wrong one.
    """
    folder = local_folder(entry)
    if folder is not None:
        return [_local(folder, file) for file in entry.files]
    return [_cached(cache / entry.name, file, mirrors, report) for file in entry.files]


def _local(folder: Path, file: File) -> bytes:
    """Return a file of the user's, packed or not; packed anew is fine, so only its contents are checked."""
    for path in (folder / file.name, folder / file.name.removesuffix(".gz")):
        if path.is_file():
            return _unpack(path, file)
    raise SourceError(
        f"{folder} has no {file.name}, packed or not. "
        f"Put it there, or unset {SAMPLES_VARIABLE} to download it."
    )


def _cached(folder: Path, file: File, mirrors: Sequence[str], report: Callback) -> bytes:
    path = folder / file.name
    if not (path.is_file() and _md5(path.read_bytes()) == file.packed):
        _download(path, file, mirrors, report)
    return _unpack(path, file)


def _unpack(path: Path, file: File) -> bytes:
    try:
        data = path.read_bytes()
        plain = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"{path} can't be unpacked: {error}. Delete it and fetch it again.") from error
    if file.plain is not None and (found := _md5(plain)) != file.plain:
        raise SourceError(
            f"{path} has the wrong contents: md5 {found}, expected {file.plain}. "
            "Delete it and fetch it again."
        )
    return plain


def _download(path: Path, file: File, mirrors: Sequence[str], report: Callback) -> None:
    """Fetch a file from the first mirror that has it whole; an interrupted download is resumed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{path.parent} can't be made: {error.strerror}. "
            f"Put the sample's files into a folder and name it in {SAMPLES_VARIABLE}."
        ) from error
    partial = path.with_name(f"{path.name}.partial")
    failures = []
    wrong: SourceError | None = None
    for mirror in mirrors:
        try:
            _resume(f"{mirror}{file.name}", partial, report)
        except _ERRORS as error:
            failures.append(f"{mirror}: {getattr(error, 'reason', None) or error}")
            continue
        found = _md5(partial.read_bytes())
        if found == file.packed:
            partial.replace(path)
            return
        partial.unlink()
        wrong = SourceError(
            f"{mirror}{file.name} has the wrong contents: md5 {found}, expected {file.packed}. "
            f"Try again, or put the right file into {path.parent}."
        )
    if wrong is not None:
        raise wrong
    raise MirrorsUnreachableError("; ".join(failures))


def _resume(address: str, partial: Path, report: Callback) -> None:
    start = partial.stat().st_size if partial.is_file() else 0
    request = urllib.request.Request(address, headers={"Range": f"bytes={start}-"} if start else {})
    try:
        response = urllib.request.urlopen(request, timeout=_TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code != http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        error.close()
        return  # everything is here already
    with response:
        resumed = response.status == http.client.PARTIAL_CONTENT
        total = int(response.headers.get("Content-Length") or 0) + (start if resumed else 0)
        done = start if resumed else 0
        with partial.open("ab" if resumed else "wb") as out:
            while block := response.read(_BLOCK):
                out.write(block)
                done += len(block)
                report(done, max(total, done))
    if total and done < total:
        raise http.client.IncompleteRead(b"", total - done)


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
