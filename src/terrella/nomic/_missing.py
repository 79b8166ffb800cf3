"""What the drop-in raises where the client raises ValueError for something that does not exist."""

from __future__ import annotations

from ..errors import NotFoundError

__all__ = ["NotThereError"]


class NotThereError(NotFoundError, ValueError):
    """No such map, tag or topic: a NotFoundError as everywhere here, a ValueError as in the client."""
