"""The look of the pages that the server writes itself: the list of maps and the refusals."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from urllib.parse import quote

__all__ = ["CONTENT_POLICY", "policy_for", "render_page"]

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""What a page from this server may load: nothing from elsewhere, no inline script."""

_INLINE = re.compile(r"<(script|style)(\s[^>]*)?>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)

_STYLE = """
:root { color-scheme: light dark; --ground: #f7f6f2; --card: #fffefa; --ink: #1d212c; --soft: #565c6b;
  --line: #e2dfd6; --accent: #8f6414 }
@media (prefers-color-scheme: dark) { :root { --ground: #0b0e16; --card: #151926; --ink: #ece8df;
  --soft: #a3a8b8; --line: #2a2f3c; --accent: #e0b568 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; -webkit-font-smoothing: antialiased }
main { max-width: 60rem; margin: 0 auto; padding: clamp(2rem, 8vh, 6rem) 1.5rem 4rem }
header a { display: inline-flex; align-items: center; gap: .75rem; margin-bottom: 2.5rem; color: inherit;
  text-decoration: none }
header svg { width: 2rem; height: 2rem; color: var(--accent) }
header span { font-weight: 600; letter-spacing: .01em }
h1 { font: 400 clamp(1.7rem, 4vw, 2.3rem)/1.2 "Iowan Old Style", P052, Palatino, Georgia, serif;
  margin: 0 0 .5rem; text-wrap: balance }
p { margin: 0 0 1rem; color: var(--soft); max-width: 42rem }
code, pre { font: .9em/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--ink) }
pre { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem;
  overflow-x: auto }
ul { list-style: none; margin: 2rem 0 0; padding: 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)) }
li { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden }
li img { display: block; width: 100%; height: auto; margin-bottom: .75rem }
li a { display: block; height: 100%; padding: .5rem 1.25rem 1.25rem; color: inherit; text-decoration: none }
li:has(a:hover), li:has(a:focus-visible) { border-color: var(--accent) }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: .75rem }
li strong { display: block; font-size: 1.1rem; font-weight: 600; overflow-wrap: anywhere }
li small { display: block; color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums }
li.broken { padding: 1.25rem }
"""

_GLOBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="currentColor" '
    'stroke-width="1.6" aria-hidden="true">'
    '<circle cx="16" cy="16" r="12.5"/>'
    '<ellipse cx="16" cy="16" rx="5.2" ry="12.5" transform="rotate(23 16 16)"/>'
    '<path d="M4.6 11.2c6.9 4.6 17.7 3.6 22.8-1.2M5 22c6-3.6 16.6-2.6 21.6 1"/></svg>'
)


_HOME = f'<a href="/">{_GLOBE}<span>Terrella</span></a>'

_ICON = "data:image/svg+xml," + quote(_GLOBE.replace("currentColor", "#b8862d"))


def render_page(title: str, body: str) -> str:
    """Return a whole HTML page; `title` is text, `body` is HTML that is already safe."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="{_ICON}"><style>{_STYLE}</style></head>'
        f"<body><main><header>{_HOME}</header>{body}</main></body></html>\n"
    )


def policy_for(html: str) -> str:
    """Return the Content-Security-Policy that allows exactly the inline styles and scripts of `html`."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for kind, _, text in _INLINE.findall(html):
        if text:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            hashes[kind.lower()].append(f"'sha256-{digest}'")
    policy = CONTENT_POLICY
    for kind, allowed in hashes.items():
        policy = policy.replace(f"{kind}-src 'self'", " ".join((f"{kind}-src 'self'", *allowed)))
    return policy
