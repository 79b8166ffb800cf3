"""Every error that Terrella raises on purpose.

    TerrellaError
    ├── InputError (ValueError)      what was asked for can't be done as asked
    │   ├── ParameterError           an option's value is not allowed
    │   ├── ShapeError               an array has the wrong shape
    │   ├── NotFiniteError           a NaN or an infinity, with its row
    │   ├── SourceError              a path, a file or its contents can't be read as a source
    │   ├── UnknownColumnError       no such column; names the nearest
    │   ├── DuplicateIdError         the same id twice
    │   └── FormatVersionError       a map or dataset of another format version
    ├── NotFoundError (LookupError)  no such dataset, map, projection or item
    ├── StorageError (OSError)       the disk is full, read-only or damaged
    │   └── BusyError                somebody else is writing there just now
    ├── AddressError (OSError)       the server can't listen where it was told to
    └── MissingExtraError (ImportError)  an optional dependency is not installed

A message says what was wrong, the value received, what is allowed and the next step. The command line
prints it in one line and exits with 2; anything else that escapes is our bug, is logged with its traceback
and exits with 1.
"""

from __future__ import annotations

__all__ = [
    "AddressError",
    "BusyError",
    "DuplicateIdError",
    "FormatVersionError",
    "InputError",
    "MissingExtraError",
    "NotFiniteError",
    "NotFoundError",
    "ParameterError",
    "ShapeError",
    "SourceError",
    "StorageError",
    "TerrellaError",
    "UnknownColumnError",
]


class TerrellaError(Exception):
    """The root of the tree; catch it to catch everything Terrella raises on purpose."""


class InputError(TerrellaError, ValueError):
    """What was asked for can't be done as asked."""


class ParameterError(InputError):
    """An option's value is not allowed."""


class ShapeError(InputError):
    """An array has the wrong shape."""


class NotFiniteError(InputError):
    """An array holds a NaN or an infinity."""


class SourceError(InputError):
    """A path, a file or its contents can't be read as a source."""


class UnknownColumnError(InputError):
    """A column does not exist."""


class DuplicateIdError(InputError):
    """An id occurs twice."""


class FormatVersionError(InputError):
    """A map or dataset has a format version that this build does not read."""


class NotFoundError(TerrellaError, LookupError):
    """A dataset, map, projection or item does not exist."""


class StorageError(TerrellaError, OSError):
    """The disk is full, read-only or damaged."""


class BusyError(StorageError):
    """Somebody else is writing there just now; later it can be tried again."""


class AddressError(TerrellaError, OSError):
    """The server can't listen where it was told to."""


class MissingExtraError(TerrellaError, ImportError):
    """An optional dependency is not installed."""
