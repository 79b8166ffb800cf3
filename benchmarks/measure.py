"""Run the measurements of docs/measurements.md, one after another, and write them into the page.

    TERRELLA_SAMPLES=FOLDER python benchmarks/measure.py                     # all that have no result yet
    python benchmarks/measure.py --list                                      # names and minutes
    python benchmarks/measure.py --only umap-mnist scale --again
    python benchmarks/measure.py --page docs/measurements.md                 # only write the page

Results are JSON files in --work/results; the page's tables are made of them alone. Nothing else should run
on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from arena.command import note
from arena.page import write_page
from arena.plan import PLAN, Measurement

BENCHMARKS = Path(__file__).parent
PAGE = BENCHMARKS.parent / "docs" / "measurements.md"


def run(measurement: Measurement, work: Path, result: Path) -> None:
    """Run one benchmark; its result appears when it is complete."""
    script, *options = measurement.command
    unfinished = result.with_suffix(".part")
    command = [
        sys.executable,
        str(BENCHMARKS / script),
        *options,
        "--work",
        str(work),
        "--out",
        str(unfinished),
    ]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    unfinished.rename(result)
    note(f"{measurement.name}: {(time.perf_counter() - begun) / 60:.1f} min")


def main() -> None:
    """Run what is asked for and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = [measurement.name for measurement in PLAN]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME")
    parser.add_argument("--again", action="store_true", help="measure again what has a result")
    parser.add_argument("--list", action="store_true", help="print names, minutes and commands")
    parser.add_argument(
        "--work", type=Path, default=Path("build/benchmarks"), help="folder for data and results"
    )
    parser.add_argument(
        "--page", type=Path, help="write this page of the results there are, and measure nothing"
    )
    options = parser.parse_args()
    results = options.work / "results"
    if options.list:
        for measurement in PLAN:
            note(f"{measurement.name:20} {measurement.minutes:5.1f} min  {' '.join(measurement.command)}")
        return
    if options.page is None:
        results.mkdir(parents=True, exist_ok=True)
        for measurement in PLAN:
            result = results / f"{measurement.name}.json"
            if measurement.name in options.only and (options.again or not result.exists()):
                run(measurement, options.work, result)
    write_page(options.page or PAGE, results)


if __name__ == "__main__":
    main()
