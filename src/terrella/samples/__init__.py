"""Well-known data to start with: MNIST, Fashion-MNIST, KMNIST and scikit-learn's digits.

`_catalog` says what there is and where from, `_fetch` downloads it, `_load` makes `Items` of it.
"""

from __future__ import annotations

from ._catalog import SAMPLES
from ._load import sample

__all__ = ["SAMPLES", "sample"]
