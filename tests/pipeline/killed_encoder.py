"""Encodes a dataset's texts slowly until it is killed; writes every text it was asked for into a file."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from terrella.encoders import as_encoder
from terrella.pipeline import embed
from terrella.store import Store


def main(home: Path, log: Path) -> None:
    asked = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def slow(texts):
        os.write(asked, "".join(f"{text}\n" for text in texts).encode())
        time.sleep(0.002)
        return [[len(text), sum(map(ord, text)) % 97] for text in texts]

    encoder = as_encoder(slow)
    encoder.batch = 4
    dataset = Store(home).open("x")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    embed(dataset, encoder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
