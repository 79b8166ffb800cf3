"""The first page: the maps to choose from, or what to run when there are none."""

from __future__ import annotations

from html import escape

from ..errors import TerrellaError
from .files import Document
from .maps import OpenMap
from .page import policy_for, render_page

__all__ = ["landing_page"]

_EMPTY = """<h1>No maps yet</h1>
<p>Make the first one in a terminal; this page lists it as soon as it is written.</p>
<pre>terrella demo                 <span># 70,000 handwritten digits
terrella map photos/          # a folder of images
terrella map reviews.csv      # a table with text
terrella map vectors.npy      # vectors of your own</span></pre>"""


def landing_page(maps: list[tuple[str, OpenMap | TerrellaError]]) -> Document:
    """Return the page that lists `maps`, by name and in their order."""
    if maps:
        word = "map" if len(maps) == 1 else "maps"
        cards = "".join(_card(name, found) for name, found in maps)
        body = f"<h1>{len(maps)} {word}</h1><ul>{cards}</ul>"
    else:
        body = _EMPTY
    html = render_page("Terrella", body)
    return Document(html.encode(), "text/html; charset=utf-8", {"Content-Security-Policy": policy_for(html)})


def _card(name: str, found: OpenMap | TerrellaError) -> str:
    if isinstance(found, TerrellaError):
        return f'<li class="broken"><strong>{escape(name)}</strong><small>{escape(str(found))}</small></li>'
    manifest = found.bundle.manifest
    projections = ", ".join(projection["title"] for projection in manifest["projections"])
    url = f"/maps/{name}/"
    created = escape(manifest["created"])
    return (
        f'<li><a href="{url}"><img src="{url}preview.png" alt="" width="640" height="400" loading="lazy">'
        f"<strong>{escape(manifest['title'])}</strong>"
        f"<small>{manifest['count']:,} items · {escape(projections)}</small>"
        f'<small><time datetime="{created}">{created[:10]}</time></small></a></li>'
    )
