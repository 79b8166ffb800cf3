"""What leaves Terrella: tables, ids, folders of images, and maps as static sites.

Every writer takes rows, bytes or a finished map, and a path; what is written there is renamed at the end, so
that nobody finds half of it. Only the pipeline knows which rows these are.
"""

from __future__ import annotations

from .folders import group_folders, write_folders
from .site import viewer_folder, write_site
from .tables import write_csv, write_ids, write_parquet
from .target import fresh_target

__all__ = [
    "fresh_target",
    "group_folders",
    "viewer_folder",
    "write_csv",
    "write_folders",
    "write_ids",
    "write_parquet",
    "write_site",
]
