"""What the shell completes: the names of datasets."""

from __future__ import annotations

from pathlib import Path

import typer

__all__ = ["complete_dataset"]


def complete_dataset(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the stored datasets whose name begins so; none where the home can't be read."""
    from ..store.home import home_folder

    home = ctx.params.get("home")
    try:
        heads = (home_folder(Path(home) if home else None) / "datasets").glob("*/head.json")
        return sorted(path.parent.name for path in heads if path.parent.name.startswith(incomplete))
    except OSError:
        return []
