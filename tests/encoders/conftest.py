from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "food", "seat", "the"]


@pytest.fixture
def encode() -> Callable[..., bytes]:
    """Encode an array or a Pillow image."""

    def save(image: np.ndarray | Image.Image, kind: str = "PNG", **options: object) -> bytes:
        file = io.BytesIO()
        (image if isinstance(image, Image.Image) else Image.fromarray(image)).save(file, kind, **options)
        return file.getvalue()

    return save


@pytest.fixture
def reader() -> Callable[..., Callable[[Sequence[int]], list[bytes | None]]]:
    """Turn a list of encoded images into what encoders read from."""
    return lambda images: lambda rows: [images[row] for row in rows]


@pytest.fixture(scope="session")
def sentence_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT with mean pooling, as sentence-transformers saves it."""
    library = pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    import torch
    import transformers
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    folder = tmp_path_factory.mktemp("bert")
    torch.manual_seed(0)
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=16,
    )
    transformers.BertModel(config).save_pretrained(folder)
    words = Transformer(str(folder), max_seq_length=16)
    model = library.SentenceTransformer(modules=[words, Pooling(words.get_embedding_dimension())])
    saved = tmp_path_factory.mktemp("models") / "sentences"
    model.save(str(saved), create_model_card=False)
    return saved


@pytest.fixture(scope="session")
def vision_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny ViT, and its slow image processor."""
    return _vit(tmp_path_factory.mktemp("models") / "vision", "ViTModel")


@pytest.fixture(scope="session")
def vision_classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny ViT that classifies, so that its file holds no pooler."""
    return _vit(tmp_path_factory.mktemp("models") / "classifier", "ViTForImageClassification")


def _vit(folder: Path, kind: str) -> Path:
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    import torch
    from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

    torch.manual_seed(0)
    config = transformers.ViTConfig(
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        image_size=16,
        patch_size=8,
    )
    getattr(transformers, kind)(config).save_pretrained(folder)
    ViTImageProcessorPil(size={"height": 16, "width": 16}).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def joint_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny CLIP with its tokenizer and its slow image processor."""
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    import torch
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    folder = tmp_path_factory.mktemp("models") / "joint"
    torch.manual_seed(0)
    small = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    config = transformers.CLIPConfig(
        text_config={**small, "vocab_size": len(WORDS), "max_position_embeddings": 12, "eos_token_id": 3},
        vision_config={**small, "image_size": 16, "patch_size": 8},
        projection_dim=8,
    )
    transformers.CLIPModel(config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    processor = CLIPImageProcessorPil(size={"shortest_edge": 16}, crop_size={"height": 16, "width": 16})
    processor.save_pretrained(folder)
    return folder
