"""Where everything is kept."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["home_folder"]


def home_folder(home: Path | str | None = None) -> Path:
    """Return the folder of all datasets: `home`, else TERRELLA_HOME, else the user's data folder."""
    chosen = home if home is not None else os.environ.get("TERRELLA_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("terrella", appauthor=False))
