"""The Nomic client's face over local datasets: change the import and keep the program.

    from terrella.nomic import AtlasDataset, atlas, embed
    from terrella.nomic.data_inference import ProjectionOptions

Module for module as in the client 3.9: `atlas`, `embed`, `dataset`, `data_operations`, `data_inference`,
`pl_callbacks`. It has no logic of its own: `terrella.dataset` stores, maps and searches, all on this machine.
docs/nomic.md says what is the same, what works where theirs does not, and what is missing.
"""

from __future__ import annotations

from ._account import AtlasUser, login
from .dataset import AtlasDataset

__all__ = ["AtlasDataset", "AtlasUser", "login"]
