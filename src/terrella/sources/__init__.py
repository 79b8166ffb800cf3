"""What a user hands in, read into one shape: `Items`.

    open_source("photos/")            a folder of images, an array file, a table file, IDX files
    from_records(frame, images=…)     what is already in memory

    _open ─▶ _folder, _arrays, _idx_folder, _tables ─▶ _assemble ─▶ Items
    _records ──────────────────────────────────────────▶┘

`_tidy` makes every table storable, `_roles` decides which column is the id, the label and the text,
`_vectors` turns list columns and files into vectors, `images` holds pictures and encodes them.
"""

from __future__ import annotations

from ._open import open_source
from ._records import from_records
from .items import Images, Items, Roles, slug, slug_or

__all__ = ["Images", "Items", "Roles", "from_records", "open_source", "slug", "slug_or"]
