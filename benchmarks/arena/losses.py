"""Where a layout of ours is not as good as its rival's, in words."""

from __future__ import annotations

from typing import Any

__all__ = ["losses"]

Results = dict[str, Any]


def losses(results: Results) -> str:
    """Return a list of every measure on every data set on which ours lies below the rival's, by how much."""
    lines = []
    for result in results.values():
        if result["benchmark"] == "layouts":
            for data, report in result["data"].items():
                lines += _of(data, report["methods"])
        if result["benchmark"] == "scale":
            for size, methods in result["sizes"].items():
                lines += _of(f"the mixture of {int(size):,}", methods)
    return (
        "\n".join(lines) if lines else "On no data set and no measure is a layout of ours below its rival's."
    )


def _of(data: str, methods: Results) -> list[str]:
    lines = []
    for name, method in methods.items():
        rival = method.get("rival")
        if rival is None:
            continue
        below = []
        for measure in (measure for measure, held in rival["at_least"].items() if not held):
            ours, theirs = (found["quality"][measure] for found in (method, methods[rival["name"]]))
            noise = max(found[kind] for found in (ours, theirs) for kind in ("error", "range"))
            remark = " (within the noise)" if theirs["value"] - ours["value"] <= noise else ""
            title = measure.replace("_", " ")
            below.append(f"{title} {ours['value']:.4f}, not {theirs['value']:.4f}{remark}")
        if below:
            lines.append(f"- {data}, {name} against {rival['name']}: {'; '.join(below)}")
    return lines
