"""Results as Markdown tables, one function for each benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["layouts", "machine", "markdown", "neighbors", "scale", "stages", "transform", "whole_job"]

Report = dict[str, Any]

_MEASURES = {
    "trustworthiness": "trustworthiness",
    "continuity": "continuity",
    "knn_preservation": "kNN 15",
    "knn_preservation_50": "kNN 50",
    "triplet_accuracy": "triplets",
    "distance_spearman": "Spearman",
    "label_accuracy": "labels",
}


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; all columns but the first are aligned right."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def seconds(value: float | None) -> str:
    """Return seconds to three figures, or a dash."""
    return "–" if value is None else f"{value:.3g}" if value < 100 else f"{value:.0f}"


def times(value: float | None) -> str:
    """Return how many times as fast."""
    return "–" if value is None else f"{value:.1f}×" if value < 10 else f"{value:.0f}×"


def yes(value: bool) -> str:
    """Return yes or no, the latter to be seen."""
    return "yes" if value else "**no**"


def machine(result: Report) -> str:
    """Return what it was measured on, in a sentence."""
    about = result["machine"]
    size = f"{about['cores']} cores, {about['memory_gib']} GiB, with {', '.join(about['has'])}"
    return f"{about['processor']}, {size}; {about['system']}, Python {about['python']}."


def _titled(name: str, report: Report) -> str:
    rows, features = report["shape"]
    return f"**{name}**, {rows:,} × {features}"


def layouts(result: Report) -> str:
    """Return seconds and quality of every data set of a result of layouts.py."""
    return "\n\n".join(
        "\n\n".join([_titled(name, report) + ":", _seconds(report), _quality(report)])
        for name, report in result["data"].items()
    )


def _seconds(report: Report) -> str:
    columns = {"first": "first process", "new_process": "new process", "warm": "warm"}
    rows = []
    for name, method in report["methods"].items():
        if "missing" in method:
            continue
        found = [seconds(method["seconds"].get(key)) for key in columns]
        rows.append([f"{name} {method['version']}", *found, f"{method['peak_gib']:.2f}"])
        if "rival" in method:
            faster = [times(method["rival"]["times_faster"].get(key)) for key in columns]
            memory = f"{method['rival']['memory_ratio']:.2f}×"
            rows.append([f"… as fast as {method['rival']['name']}", *faster, memory])
    return markdown(["seconds", *columns.values(), "peak GiB"], rows)


def _quality(report: Report) -> str:
    methods = {name: method for name, method in report["methods"].items() if "quality" in method}
    measured = {
        key: title for key, title in _MEASURES.items() if all(key in m["quality"] for m in methods.values())
    }
    rows = []
    for name, method in methods.items():
        cells = (method["quality"][key] for key in measured)
        rows.append([name, *(f"{cell['value']:.4f} ± {cell['error']:.4f}" for cell in cells)])
        if "rival" in method:
            held = method["rival"]["at_least"]
            rows.append([f"… at least {method['rival']['name']}'s?", *(yes(held[key]) for key in measured)])
    return markdown(["quality", *measured.values()], rows)


def neighbors(result: Report) -> str:
    """Return seconds and recall of every search of a result of neighbors.py."""
    blocks = []
    for name, report in result["data"].items():
        rows = []
        for search, found in report["searches"].items():
            if "missing" in found:
                continue
            recall = f"{found['recall']['value']:.4f} ± {found['recall']['error']:.4f}"
            cold, warm = (seconds(found["seconds"][key]) for key in ("cold", "warm"))
            faster = found.get("times_faster", {})
            against = ", ".join(f"{times(ratio['warm'])} {rival}" for rival, ratio in faster.items())
            rows.append([f"{search} {found['version']}", recall, cold, warm, against or "–"])
        header = ["search", "recall", "cold seconds", "warm seconds", "warm, as fast as"]
        blocks += [f"{_titled(name, report)}, {report['metric']}:", markdown(header, rows)]
    return "\n\n".join(blocks)


def scale(result: Report) -> str:
    """Return seconds and memory at every size, and the growth between them."""
    rows = []
    for size, report in result["sizes"].items():
        for name, method in report.items():
            faster = times(method["rival"]["times_faster"]) if "rival" in method else "–"
            memory = f"{method['rival']['memory_ratio']:.2f}×" if "rival" in method else "–"
            found = [f"{int(size):,}", seconds(method["seconds"]), f"{method['peak_gib']:.2f}"]
            rows.append([name, *found, faster, memory])
    grown = ", ".join(f"n^{value:.2f} from {pair}" for pair, value in result["exponents"].items())
    table = markdown(["method", "points", "seconds", "peak GiB", "as fast", "memory"], rows)
    judged = [
        report for report in result["sizes"].values() if any("rival" in found for found in report.values())
    ]
    return "\n\n".join([table, f"Growth: {grown}.", *(_quality({"methods": report}) for report in judged)])


def transform(result: Report) -> str:
    """Return where held-out rows land."""
    blocks = []
    for name, report in result["data"].items():
        rows = [
            [
                method,
                f"{found['accuracy']:.4f} ± {found['error']:.4f}",
                seconds(found["fit"]),
                seconds(found["transform"]),
            ]
            for method, found in report["methods"].items()
            if "missing" not in found
        ]
        header = ["method", "land with their class", "fit seconds", "transform seconds"]
        blocks += [
            f"{_titled(name, report)}, {report['held_out']:,} of them held out:",
            markdown(header, rows),
        ]
    return "\n\n".join(blocks)


def whole_job(result: Report) -> str:
    """Return seconds, memory and size of the whole jobs."""
    rows = [
        [
            f"{name} {job['version']}",
            job["makes"],
            seconds(job["seconds"]),
            f"{job['peak_gib']:.2f}",
            f"{job['disk_mb']:.0f}",
        ]
        for report in result["data"].values()
        for name, job in report["jobs"].items()
        if "missing" not in job
    ]
    return markdown(["program", "makes", "seconds", "peak GiB", "MB left"], rows)


def stages(result: Report) -> str:
    """Return where the time goes, and how far from the machine's limit each stage is."""
    rates = ", ".join(f"{name} {rate / 1e9:,.0f}" for name, rate in result["peaks"].items())
    blocks = [f"Measured limits, in 10⁹ operations or bytes a second: {rates}."]
    for name, report in result["pipelines"].items():
        rows = []
        for stage in report["stages"]:
            work = ", ".join(stage.get("work", {}))
            limit = f"{100 * stage['of_limit']:.0f} % ({work})" if work else "–"
            rows.append([stage["name"], seconds(stage["seconds"]), f"{100 * stage['share']:.0f} %", limit])
        blocks += [f"**{name}**, {report['seconds']:.2f} s:"]
        blocks += [markdown(["stage", "seconds", "share", "of the limit"], rows)]
    return "\n\n".join(blocks)
