"""`embed.text` and `embed.image`, with small models of this test's own."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from terrella import encoders, errors
from terrella.nomic import embed


class Letters(encoders.Encoder):
    """Counts letters a to h; a query counts double."""

    def __init__(self) -> None:
        super().__init__("letters", frozenset({"text"}))
        self.seen: list[str] = []

    @property
    def metadata(self) -> dict[str, object]:
        return {"encoder": "letters", "kind": "object", "model": "letters"}

    def _texts(self, texts: list[str]) -> np.ndarray:
        self.seen.extend(texts)
        return np.array([[text.count(letter) for letter in "abcdefgh"] for text in texts], np.float32)

    def _queries(self, texts: list[str]) -> np.ndarray:
        return 2 * self._texts(texts)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    made = Letters()
    monkeypatch.setattr(encoders, "as_encoder", lambda _asked: made)
    embed.free_embedding_model()
    return made


def test_texts_come_back_as_lists_with_their_usage(letters: Letters) -> None:
    output = embed.text(["a b", "b"], model="letters")
    assert output == {
        "embeddings": [[1, 1, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0, 0]],
        "usage": {"prompt_tokens": 3, "total_tokens": 3},
        "model": "letters",
        "inference_mode": "local",
    }
    assert embed.text([], model="letters")["embeddings"] == []


def test_the_task_reaches_the_model(letters: Letters) -> None:
    assert embed.text(["a"], model="letters", task_type="search_query")["embeddings"][0][0] == 2
    embed.text(["a"], task_type="clustering")
    assert letters.seen[-1] == "clustering: a"
    with pytest.raises(errors.ParameterError, match="Did you mean 'clustering'"):
        embed.text(["a"], task_type="cluster")


def test_long_texts_are_averaged_on_demand(letters: Letters) -> None:
    long = "a " * 300 + "b " * 300
    output = embed.text([long, "c"], model="letters", long_text_mode="mean")
    first, second = np.array(output["embeddings"])
    assert first[0] == pytest.approx(first[1])
    assert np.linalg.norm(first) == pytest.approx(1)
    assert second[2] == pytest.approx(1)


def test_vectors_are_shortened_to_unit_length(letters: Letters, caplog: pytest.LogCaptureFixture) -> None:
    output = embed.text(["abba", "cab"], model="letters", dimensionality=3)
    assert np.allclose(np.linalg.norm(output["embeddings"], axis=1), 1)
    assert "less than 64" in caplog.text
    with pytest.raises(errors.ShapeError, match="from 1 to the model's 8; got 9"):
        embed.text(["abba"], model="letters", dimensionality=9)


def test_wrong_arguments_are_named(letters: Letters) -> None:
    with pytest.raises(errors.ParameterError, match="texts must be a list; got str 'a'"):
        embed.text("a")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no argument 'modle'"):
        embed.text(["a"], modle="letters")
    with pytest.raises(errors.ParameterError, match="inference_mode"):
        embed.text(["a"], inference_mode="cloud")


def test_models_are_kept_until_they_are_freed(letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    embed.text(["a"], model="letters")
    other = Letters()
    monkeypatch.setattr(encoders, "as_encoder", lambda _asked: other)
    embed.text(["b"], model="letters")
    assert letters.seen == ["a", "b"]
    embed.free_embedding_model()
    embed.text(["c"], model="letters")
    assert other.seen == ["c"]


def test_images_of_every_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def brightness(pictures: list[Image.Image]) -> np.ndarray:
        return np.array([np.asarray(picture, np.float32).mean(axis=(0, 1)) for picture in pictures])

    made = encoders.as_encoder(brightness)
    if "image" not in made.takes:
        pytest.skip("functions take texts alone here")
    monkeypatch.setattr(encoders, "as_encoder", lambda _asked: made)
    embed.free_embedding_model()
    picture = Image.new("RGB", (4, 4), (10, 20, 30))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    path = tmp_path / "one.png"
    path.write_bytes(buffer.getvalue())
    output = embed.image([picture, str(path), buffer.getvalue()], model="brightness")
    assert output["embeddings"] == [[10, 20, 30]] * 3
    with pytest.raises(errors.SourceError, match=r"images\[0\] names no file: https://"):
        embed.image(["https://example.org/one.png"])
