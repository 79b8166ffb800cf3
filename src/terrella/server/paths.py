"""Turn a path from a request into a file inside a folder, or into nothing."""

from __future__ import annotations

from pathlib import Path

__all__ = ["inside"]


def inside(folder: Path, path: str) -> Path | None:
    """Return the file `path` (forward slashes, relative) of `folder`, or None.

    None for a path that is absolute, has an empty, '.' or '..' part, a backslash, a colon or a NUL; for what
    is not a regular file; and for a symbolic link that leaves the folder.
    """
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or any(character in path for character in "\\:\0"):
        return None
    root = folder.resolve()
    try:
        found = root.joinpath(*parts).resolve(strict=True)
    except (OSError, ValueError):
        return None
    return found if found.is_relative_to(root) and found.is_file() else None
