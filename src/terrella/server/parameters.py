"""What several routes of the JSON API declare alike."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from fastapi import Path

__all__ = ["DatasetName", "Responses"]

DatasetName: TypeAlias = Annotated[str, Path(description="Name of the dataset.", examples=["mnist"])]
Responses: TypeAlias = dict[int | str, dict[str, Any]]
