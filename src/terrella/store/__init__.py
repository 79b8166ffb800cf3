"""Datasets on disk: LanceDB tables behind one small file that says which of their versions count.

    <home>/datasets/<slug>/head.json            the single truth: roles, counts, committed table versions
                          /lance/<generation>/  records.lance (fields, given vectors), images.lance (encoded
                                                bytes), derived-*.lance (vectors that encoders made)
                          /lance/<generation>/versions/   copies of every head, to go back to
                          /tags-<generation>.json         names that readers gave to items
                          /maps/<map>/          finished maps
                          /cache/               results of the pipeline's stages

`_writing` and `_changing` change the tables in a `_transaction`, `_head` commits it, `_history` keeps what
was committed before, `_reading` reads one committed state, `_repair` finds the newest that can be read,
`_lock` keeps writers apart, `_disk` makes it durable. docs/store.md says what it does, and
docs/decisions/store-commits.md why it is so.
"""

from __future__ import annotations

from ._history import VersionInfo
from ._stored import StoredDataset
from ._tables import load_tables
from ._tags import Tag
from .home import home_folder
from .store import DatasetInfo, Store

__all__ = ["DatasetInfo", "Store", "StoredDataset", "Tag", "VersionInfo", "home_folder", "load_tables"]
