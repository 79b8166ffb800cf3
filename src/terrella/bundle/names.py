"""What a dataset's maps are called, and the one word that addresses each in a URL.

    the map "main" of mnist      mnist
    any other, such as "pixels"  mnist~pixels

The tilde is in no name and stands in a URL as it is.
"""

from __future__ import annotations

import re

from ..errors import ParameterError

__all__ = ["MAIN_MAP", "check_map_name", "map_address", "split_address"]

MAIN_MAP = "main"
"""The map that a dataset has where nobody names one."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_MOST_LETTERS = 80
_BETWEEN = "~"


def check_map_name(name: str) -> str:
    """Return `name` if a map may be called so; raise ParameterError if not."""
    if not isinstance(name, str) or len(name) > _MOST_LETTERS or _SLUG.fullmatch(name) is None:
        raise ParameterError(
            f"a map's name must be up to {_MOST_LETTERS} lower-case letters, digits and hyphens, "
            f"such as 'by-colour'; got {name!r}."
        )
    return name


def map_address(dataset: str, name: str = MAIN_MAP) -> str:
    """Return the address of a dataset's map.

    >>> map_address("mnist"), map_address("mnist", "pixels")
    ('mnist', 'mnist~pixels')
    """
    return dataset if name == MAIN_MAP else f"{dataset}{_BETWEEN}{name}"


def split_address(address: str) -> tuple[str, str] | None:
    """Return the names of a dataset and its map from an address; None for what is none."""
    dataset, between, name = address.partition(_BETWEEN)
    name = name if between else MAIN_MAP
    whole = _SLUG.fullmatch(dataset) and _SLUG.fullmatch(name) and map_address(dataset, name) == address
    return (dataset, name) if whole else None
