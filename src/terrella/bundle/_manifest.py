"""The manifest's types, generated from schema/manifest.schema.json by schema/generate.py."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class File(TypedDict):
    path: str
    bytes: int
    sha256: str


class Part(TypedDict):
    path: str
    bytes: int
    sha256: str
    first: int
    count: int
    encoding: Literal["raw", "planes-gzip"]


class ArrayRef(TypedDict):
    dtype: Literal["u8", "u16", "u32", "f32"]
    components: int
    count: int
    parts: list[Part]


class Measure(TypedDict):
    value: float
    error: NotRequired[float]


class CategoryColumn(TypedDict):
    name: str
    title: str
    kind: Literal["category"]
    values: ArrayRef
    categories: list[str]
    counts: list[int]
    missing: int


class NumberColumn(TypedDict):
    name: str
    title: str
    kind: Literal["number"]
    values: ArrayRef
    min: float
    max: float
    integer: bool
    missing: int


class TimeColumn(TypedDict):
    name: str
    title: str
    kind: Literal["time"]
    values: ArrayRef
    origin: str
    unit: Literal["seconds", "days"]
    min: int
    max: int
    missing: int


class Field(TypedDict):
    name: str
    title: str
    type: Literal["string", "integer", "number", "boolean", "time", "list", "object"]
    role: Literal["id", "label", "text", "image"] | None


class Shard(TypedDict):
    path: str
    bytes: int
    sha256: str
    first: int
    count: int


class Rows(TypedDict):
    row_group: int
    parts: list[Shard]


class SpritePage(TypedDict):
    path: str
    bytes: int
    sha256: str
    first: int
    count: int
    height: int


class SpriteLevel(TypedDict):
    name: Literal["L0", "L1"]
    cell: Literal[16, 32, 64]
    page: int
    pages: list[SpritePage]


class Neighbors(TypedDict):
    k: int
    metric: str
    method: Literal["exact", "approximate"]
    recall: Measure | None
    indices: ArrayRef
    distances: ArrayRef


class TopicsRef(TypedDict):
    path: str
    bytes: int
    sha256: str
    projection: str
    columns: list[str]


class Topic(TypedDict):
    id: int
    depth: int
    parent: int | None
    name: str
    words: list[str]
    named_by: Literal["words", "labels", "fields", "number", "namer"]
    count: int
    x: float
    y: float
    zoom: list[float | None]
    examples: list[int]


class NearDuplicates(TypedDict):
    cutoff: float
    scale: float
    column: str
    clusters: ArrayRef
    count: int


class Made(TypedDict):
    map: str
    version: int
    vectors: str
    kept: NotRequired[str]


class View(TypedDict):
    projection: str
    color: str | None


class Projection(TypedDict):
    name: str
    title: str
    method: str
    parameters: dict[str, Any]
    seed: int | None
    seconds: float
    placed: NotRequired[int]
    extent: list[float]
    positions: ArrayRef
    fine: ArrayRef | None
    quality: dict[str, Measure] | None


class Frame(TypedDict):
    name: str
    value: float | None
    positions: ArrayRef
    quality: dict[str, Measure] | None


class Sequence(TypedDict):
    name: str
    title: str
    kind: str
    parameters: dict[str, Any]
    seed: int | None
    seconds: float
    placed: NotRequired[int]
    extent: list[float]
    frames: list[Frame]


class Sprites(TypedDict):
    mode: Literal["grey", "rgb", "rgba"]
    ink: Literal["light", "dark"] | None
    levels: list[SpriteLevel]
    colors: ArrayRef
    unreadable: list[int]


class TopicsFile(TypedDict):
    topics: list[Topic]
    parameters: dict[str, Any]


class Manifest(TypedDict):
    format: Literal["terrella-map"]
    version: Literal[1]
    generator: str
    created: str
    name: str
    title: str
    description: str
    count: int
    levels: list[int]
    order: ArrayRef
    projections: list[Projection]
    columns: list[CategoryColumn | NumberColumn | TimeColumn]
    fields: list[Field]
    rows: Rows | None
    sprites: Sprites | None
    knn: Neighbors | None
    sequences: list[Sequence]
    topics: TopicsRef | None
    duplicates: NotRequired[NearDuplicates | None]
    capabilities: list[str]
    view: View
    made: NotRequired[Made]
