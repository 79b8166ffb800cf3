"""The map format: a folder of static files that the server, any web host and the viewer read alike.

The specification is docs/format.md; the manifest's schema is schema/manifest.schema.json.
"""

from __future__ import annotations

from ._manifest import Measure
from .arrays import PartSizes
from .content import Frame, FrameSequence, MapContent, Projection, Roles
from .manifest import FORMAT_VERSION
from .order import display_order
from .read import Bundle, read_bundle
from .write import write_bundle

__all__ = [
    "FORMAT_VERSION",
    "Bundle",
    "Frame",
    "FrameSequence",
    "MapContent",
    "Measure",
    "PartSizes",
    "Projection",
    "Roles",
    "display_order",
    "read_bundle",
    "write_bundle",
]
