"""Models of transformers that see: images as vectors, and texts in the same space with CLIP's kind.

A model of CLIP's kind (it has a vision and a text part) gives projected features of length 1. Any other gives
what it pools its image to, else its class token, else the mean over tokens or places.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

from ..errors import SourceError
from ..typing import Parameters
from .contract import IMAGE, TEXT, Encoder
from .extras import loading, need
from .folders import ModelFolder

__all__ = ["VisionModel"]


class VisionModel(Encoder):
    """A model of transformers in a folder, with its slow image processor, which needs no torchvision."""

    batch = 32

    def __init__(self, folder: ModelFolder, name: str | None = None) -> None:
        self._settings = folder.settings("config.json")
        self._joint = "vision_config" in self._settings and "text_config" in self._settings
        super().__init__(name or folder.label, frozenset({IMAGE, TEXT} if self._joint else {IMAGE}))
        self._folder = folder
        self._lock = Lock()
        self._model: Any = None
        self._processor: Any = None
        self._tokenizer: Any = None
        self._pooled = False

    @property
    def identity(self) -> str:
        """The library, and the model's revision."""
        return f"transformers {self._folder.revision}"

    @property
    def metadata(self) -> Parameters:
        """The model and its revision."""
        return {
            "encoder": f"transformers: {self._folder.label}",
            "kind": "transformers",
            "model": self._folder.name,
            "revision": self._folder.revision,
            "hub": self._folder.hub_revision is not None,
            "architecture": self._settings.get("model_type"),
            "normalized": self._joint,
        }

    def _pictures(self, pictures: Sequence[Any]) -> Any:
        torch = need("torch", "models", f"the model {self._folder.name!r}")
        with self._lock, torch.inference_mode():
            self._load()
            inputs = self._on_device(self._processor(images=list(pictures), return_tensors="pt"))
            if self._joint:
                return _unit(_features(self._model.get_image_features(**inputs)))
            return self._pool(self._model(**inputs))

    def _texts(self, texts: Sequence[str]) -> Any:
        torch = need("torch", "models", f"the model {self._folder.name!r}")
        with self._lock, torch.inference_mode():
            self._load()
            inputs = self._tokenizer(list(texts), return_tensors="pt", truncation=True, **self._lengths())
            return _unit(_features(self._model.get_text_features(**self._on_device(inputs))))

    def _lengths(self) -> Parameters:
        """Return how texts are cut and filled up. SigLIP was trained on texts filled up to the end."""
        config = self._model.config.text_config
        longest = min(self._tokenizer.model_max_length, config.max_position_embeddings)
        filled = str(self._settings.get("model_type", "")).startswith("siglip")
        return {"max_length": longest, "padding": "max_length" if filled else True}

    def _on_device(self, inputs: Any) -> Any:
        return inputs.to(self._model.device)

    def _load(self) -> None:
        if self._model is not None:
            return
        library = need("transformers", "models", f"the model {self._folder.name!r}")
        path = str(self._folder.path)
        with loading(self._folder.name):
            processor = library.AutoImageProcessor.from_pretrained(path, backend="pil", local_files_only=True)
            if self._joint:
                self._tokenizer = library.AutoTokenizer.from_pretrained(path, local_files_only=True)
            model, found = library.AutoModel.from_pretrained(
                path, local_files_only=True, output_loading_info=True
            )
        self._check_whole(found["missing_keys"])
        self._processor, self._model = processor, _to_device(model.eval())

    def _check_whole(self, missing: Any) -> None:
        """Refuse a model whose weights are not all there: the rest would be random, and so the vectors."""
        self._pooled = not any("pooler" in key for key in missing)
        lacking = sorted(key for key in missing if "pooler" not in key and "position_ids" not in key)
        if lacking:
            raise SourceError(
                f"the model {self._folder.name} lacks {len(lacking)} of its weights, {lacking[0]} for one; "
                "its vectors would be random. Save or download it again."
            )

    def _pool(self, output: Any) -> Any:
        """Return (n, n_features) of what a vision model makes of n images."""
        pooled = getattr(output, "pooler_output", None)
        if pooled is not None and self._pooled:
            return pooled.flatten(1)
        states = output.last_hidden_state
        if states.ndim == 4:  # (n, channels, height, width)
            return states.mean(dim=(2, 3))
        has_class = any(name.endswith("cls_token") for name, _ in self._model.named_parameters())
        return states[:, 0] if has_class else states.mean(dim=1)


def _features(output: Any) -> Any:
    """Return the projected features; transformers 5 wraps them."""
    return output if hasattr(output, "shape") else output.pooler_output


def _unit(features: Any) -> Any:
    return features / features.norm(dim=1, keepdim=True)


def _to_device(model: Any) -> Any:
    """Move a model to the graphics card where there is one."""
    import torch

    return model.to("cuda") if torch.cuda.is_available() else model
