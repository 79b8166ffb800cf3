"""Small races on the user's own machine: our searches and layouts against the rivals that are installed.

The large ones, on which our claims rest, are in the repository's benchmarks/.
"""

from __future__ import annotations

from .contest import Contest, Entry, Finished, contests, missing, run_contest
from .machine import machine_facts

__all__ = ["Contest", "Entry", "Finished", "contests", "machine_facts", "missing", "run_contest"]
