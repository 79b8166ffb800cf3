"""The map format: a folder of static files that the server, any web host and the viewer read alike.

The specification is docs/format.md; the manifest's schema is schema/manifest.schema.json.
"""

from __future__ import annotations

from ._manifest import Made, Measure
from .arrays import PartSizes
from .content import Frame, FrameSequence, MapContent, Projection, Roles
from .manifest import FORMAT_VERSION
from .names import MAIN_MAP, check_map_name, map_address, split_address
from .order import display_order
from .read import Bundle, read_bundle
from .rows import FieldType, shown_type
from .write import write_bundle

__all__ = [
    "FORMAT_VERSION",
    "MAIN_MAP",
    "Bundle",
    "FieldType",
    "Frame",
    "FrameSequence",
    "Made",
    "MapContent",
    "Measure",
    "PartSizes",
    "Projection",
    "Roles",
    "check_map_name",
    "display_order",
    "map_address",
    "read_bundle",
    "shown_type",
    "split_address",
    "write_bundle",
]
