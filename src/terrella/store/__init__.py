"""Datasets on disk: LanceDB tables behind one small file that says which of their versions count.

    <home>/datasets/<slug>/head.json             the single truth: roles, counts, committed table versions
                          /lance/<generation>/   records.lance (fields, vectors), images.lance (encoded bytes)
                          /maps/<map>/           finished maps
                          /cache/                results of the pipeline's stages
                          /tags.json             names that readers gave to items

`_writing` changes the tables in a `_transaction`, `_head` commits it, `_reading` reads what is committed,
`_lock` keeps writers apart, `_disk` makes it durable. docs/decisions/store-commits.md says why it is so.
"""

from __future__ import annotations

from ._stored import StoredDataset
from ._tags import Tag
from .home import home_folder
from .store import DatasetInfo, Store

__all__ = ["DatasetInfo", "Store", "StoredDataset", "Tag", "home_folder"]
