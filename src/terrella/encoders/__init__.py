"""From items to vectors: by a model, an ONNX file or a function; without any, by pixels or weighted words.

`as_encoder` makes an `Encoder` of a name; the pipeline stores what it makes of a dataset's items.
"""

from __future__ import annotations

from .affine import ImageEncoder
from .checked import as_batch
from .choose import AskedEncoder, as_encoder
from .contract import IMAGE, TEXT, Encoder
from .encoded import Encoded
from .fitted import PixelsEncoder, WordsEncoder
from .functions import FunctionEncoder
from .pictures import open_picture
from .pixels import pixels
from .session import LASTING, known_encoder, remember
from .tfidf import TfidfEncoder, tfidf

__all__ = [
    "IMAGE",
    "LASTING",
    "TEXT",
    "AskedEncoder",
    "Encoded",
    "Encoder",
    "FunctionEncoder",
    "ImageEncoder",
    "PixelsEncoder",
    "TfidfEncoder",
    "WordsEncoder",
    "as_batch",
    "as_encoder",
    "known_encoder",
    "open_picture",
    "pixels",
    "remember",
    "tfidf",
]
