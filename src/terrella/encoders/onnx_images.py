"""Pictures as the tensor that an ONNX model takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import SourceError
from ..typing import Parameters

__all__ = ["ImageInput"]

_SIDE = 224
_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""ImageNet's, with which most models were trained."""

_TYPES = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(uint8)": np.uint8,
}
_CHANNELS = (1, 3)


@dataclass(frozen=True)
class ImageInput:
    """The input called `name`: (n, channels, height, width), or (n, height, width, channels) if `last`.

    Pictures are resized to height × width, whatever that does to the proportions, unless `crop` says that the
    shorter side is resized and the middle cut out. Bytes stay 0 … 255; floats are (x / 255 − mean) / std.
    """

    name: str
    dtype: Any
    at_once: int | None
    channels: int
    height: int
    width: int
    last: bool
    mean: tuple[float, ...]
    std: tuple[float, ...]
    crop: int | None

    @classmethod
    def find(cls, inputs: Sequence[Any], model: Path) -> ImageInput | None:
        """Return the input that takes images, with the settings of a preprocessor_config.json beside it."""
        found = [one for one in inputs if one.type in _TYPES and len(one.shape or ()) == 4]
        if len(found) != 1:
            return None
        shape = [size if isinstance(size, int) and size > 0 else None for size in found[0].shape]
        last = shape[1] not in _CHANNELS and shape[3] in _CHANNELS
        channels, height, width = (shape[3], *shape[1:3]) if last else tuple(shape[1:])
        settings = _settings(model)
        channels = channels or 3
        size = settings.get("size", _SIDE)
        side = size if isinstance(size, int) else size.get("shortest_edge")
        crop = side if settings.get("do_center_crop") else None
        target = settings.get("crop_size" if crop else "size", _SIDE)
        sides = target if isinstance(target, dict) else {"height": target, "width": target}
        grey = channels == 1
        plain = grey if not settings else not settings.get("do_normalize", True)
        return cls(
            name=found[0].name,
            dtype=_TYPES[found[0].type],
            at_once=shape[0],
            channels=channels,
            height=height or int(sides.get("height", side or _SIDE)),
            width=width or int(sides.get("width", side or _SIDE)),
            last=last,
            mean=(0.0,) if plain else tuple(settings.get("image_mean", _MEAN)),
            std=(1.0,) if plain else tuple(settings.get("image_std", _STD)),
            crop=crop,
        )

    @property
    def about(self) -> Parameters:
        """What is done to a picture."""
        return {
            "width": self.width,
            "height": self.height,
            "channels": self.channels,
            "mean": list(self.mean),
            "std": list(self.std),
            "shortest_edge": self.crop,
        }

    def feed(self, pictures: Sequence[Any]) -> dict[str, Any]:
        """Return the tensor of RGB pictures by the input's name."""
        pixels = np.stack([self._pixels(picture) for picture in pictures])  # (n, height, width, channels)
        if self.dtype != np.uint8:
            pixels = (pixels / 255 - np.array(self.mean)) / np.array(self.std)
        ordered = pixels if self.last else pixels.transpose(0, 3, 1, 2)
        return {self.name: np.ascontiguousarray(ordered, dtype=self.dtype)}

    def _pixels(self, picture: Any) -> Any:
        from PIL import Image

        if self.crop:
            scale = self.crop / min(picture.size)
            sides = [max(self.crop, round(side * scale)) for side in picture.size]
            picture = picture.resize(sides, Image.Resampling.BICUBIC)
            left, top = (sides[0] - self.width) // 2, (sides[1] - self.height) // 2
            picture = picture.crop((left, top, left + self.width, top + self.height))
        else:
            picture = picture.resize((self.width, self.height), Image.Resampling.BICUBIC)
        pixels = np.asarray(picture.convert("L" if self.channels == 1 else "RGB"))
        return pixels[..., None] if pixels.ndim == 2 else pixels


def _settings(model: Path) -> Any:
    path = model.parent / "preprocessor_config.json"
    if not path.is_file():
        return {}
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} is damaged: {error}. Save it again, or remove it.") from error
