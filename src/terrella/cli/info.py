"""`terrella info`: what a dataset holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .options import AsJson, Dataset, Home

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["info_command"]


def info_command(name: Dataset, as_json: AsJson = False, home: Home = None) -> None:
    """Describe NAME: its fields, vectors, maps, tags and versions."""
    from ..store import Store
    from .output import print_json

    found = _describe(Store(home).open(name))
    if as_json:
        print_json(found)
    else:
        _print(found)


def _describe(stored: StoredDataset) -> dict[str, Any]:
    roles = {
        column: role
        for role in ("image", "text", "label", "id")
        if (column := getattr(stored.roles, role)) is not None
    }
    head = stored.head
    return {
        "name": stored.name,
        "title": stored.title,
        "description": stored.description,
        "source": head.source,
        "created": head.created,
        "written": head.updated,
        "version": stored.version,
        "items": stored.count,
        "images": head.image_count,
        "bytes": _size(stored.path),
        "folder": str(stored.path),
        "fields": [
            {"name": field.name, "type": str(field.type), "role": roles.get(field.name)}
            for field in stored.schema
        ],
        "vectors": [
            {"name": column, "dimension": about.get("dimension"), "derived": bool(about.get("derived"))}
            for column, about in stored.vector_columns.items()
        ],
        "maps": _maps(stored.path / "maps"),
        "tags": [{"name": tag.name, "items": len(tag.rows)} for tag in stored.tags()],
    }


def _maps(folder: Path) -> list[dict[str, Any]]:
    from ..bundle import read_bundle

    manifests = [read_bundle(path.parent).manifest for path in sorted(folder.glob("*/manifest.json"))]
    names = [path.parent.name for path in sorted(folder.glob("*/manifest.json"))]
    return [
        {
            "name": name,
            "items": manifest["count"],
            "projections": [projection["name"] for projection in manifest["projections"]],
            "sequences": [sequence["name"] for sequence in manifest["sequences"]],
        }
        for name, manifest in zip(names, manifests, strict=True)
    ]


def _size(folder: Path) -> int:
    """Return the bytes that a dataset takes on the disk, with its maps and its cache."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _print(found: dict[str, Any]) -> None:
    images = f", {found['images']:,} images" if found["images"] else ""
    written = found["written"][:16].replace("T", " ")
    typer.echo(f"{found['name']}: {found['items']:,} items{images}, {found['bytes'] / 1e6:,.1f} MB")
    typer.echo(f"version {found['version']}, written {written} UTC, from {found['source'] or 'memory'}")
    typer.echo(f"in {found['folder']}")
    sections = {
        "Fields": [(field["name"], field["type"], field["role"] or "") for field in found["fields"]],
        "Vectors": [
            (one["name"], f"{one['dimension']} dimensions", "derived" if one["derived"] else "given")
            for one in found["vectors"]
        ],
        "Maps": [
            (one["name"], f"{one['items']:,} items", ", ".join(one["projections"] + one["sequences"]))
            for one in found["maps"]
        ],
        "Tags": [(tag["name"], f"{tag['items']:,} items", "") for tag in found["tags"]],
    }
    for title, rows in sections.items():
        if rows:
            typer.echo(f"\n{title}")
            widths = [max(len(row[place]) for row in rows) for place in range(3)]
            for row in rows:
                cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
                typer.echo(f"  {'  '.join(cells)}".rstrip())
