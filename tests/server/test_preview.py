from __future__ import annotations

import io
from pathlib import Path

import httpx
import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from terrella.bundle import MapContent, Projection, write_bundle
from terrella.server.preview import draw_preview
from terrella.sources import Roles


def drawn(folder: Path, layout: list[list[float]]) -> np.ndarray:
    """The opacity of each pixel of the preview of `layout`, (400, 640)."""
    positions = np.array(layout, dtype=np.float32)
    content = MapContent(
        name="m",
        title="m",
        description="",
        records=pa.table({"id": range(len(positions))}),
        roles=Roles(id="id"),
        projections=[Projection("given", "Given", "given", positions)],
    )
    picture = Image.open(io.BytesIO(draw_preview(write_bundle(folder, content))))
    assert picture.mode == "RGBA"
    return np.asarray(picture)[..., 3]


def test_every_dot_is_where_the_layout_has_it(tmp_path: Path) -> None:
    opacity = drawn(tmp_path, [[0, 0], [0, 3], [1, 0]])
    assert opacity.shape == (400, 640)
    rows, columns = np.nonzero(opacity)
    assert rows.min() == 400 - rows.max() == 25  # y fills the height but for the margin and the dot's radius
    assert opacity[28, 320 - 57] > 150  # (0, 3) is at the top left, for y points up
    assert opacity[372, 320 + 57] > 150  # (1, 0) is at the bottom right
    assert opacity[28, 320 + 57] == 0
    assert columns.max() - columns.min() == 120  # 344 px / 3, and a radius on either side


@pytest.mark.parametrize("layout", [[[1, 1]] * 5, [[0, 0], [1, 0], [2, 0]], [[1e30, 0], [-1e30, 1], [0, 0]]])
def test_layouts_without_an_extent(tmp_path: Path, layout: list[list[float]]) -> None:
    assert drawn(tmp_path, layout).max() > 150


def test_dots_have_their_categories_colours(tmp_path: Path) -> None:
    positions = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
    content = MapContent(
        name="m",
        title="m",
        description="",
        records=pa.table({"id": range(4), "kind": ["a", "a", "b", None]}),
        roles=Roles(id="id", label="kind"),
        projections=[Projection("given", "Given", "given", positions)],
    )
    bundle = write_bundle(tmp_path, content)
    assert bundle.manifest["view"]["color"] == "kind"
    picture = np.asarray(Image.open(io.BytesIO(draw_preview(bundle))))
    corners = [picture[y, x, :3] for x in (148, 492) for y in (372, 28)]
    assert np.array_equal(corners[0], corners[1])
    assert len({tuple(corner) for corner in corners}) == 3


def test_it_is_served_and_kept(client: httpx.Client) -> None:
    answer = client.get("/maps/blobs/preview.png")
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (640, 400)
    again = client.get("/maps/blobs/preview.png", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert '<img src="/maps/blobs/preview.png"' in client.get("/").text
