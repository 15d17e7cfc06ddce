"""What every test shares: quiet libraries, and a guard over the checkout."""

from __future__ import annotations

import importlib
import importlib.util
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from tests.stand_ins import StandIns

ROOT = Path(__file__).resolve().parent.parent
# Caches and build folders that commands fill on purpose.
KEPT = {".git", ".cache", ".venv", ".venv-onnx-tf", "node_modules", "build", "__pycache__"}
KEPT |= {".pytest_cache", ".mypy_cache", ".ruff_cache", ".coverage", "htmlcov"}

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
# Threads wait for each other longer than nets as small as the tests' take.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# torch's CUDA build brings Triton, which crashes when its LLVM is loaded after TensorFlow's. torch
# loads it late, for dynamo and for optimizers; here both libraries meet in one process.
if importlib.util.find_spec("triton") is not None:
    importlib.import_module("triton")
# A shell has what it starts in the background ignore Ctrl-C, and whom that starts, too.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--clean-checkout", action="store_true", help="fail when a test leaves a file here"
    )


class BrowsersApart(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """One worker has all that opens a browser, so that what is exported for them is exported once;
    the rest is given out file by file."""

    def _split_scope(self, nodeid: str) -> str:
        without_browser = nodeid.startswith(("tests/train/", "tests/face_detect/"))
        return nodeid.split("::")[0] if without_browser else "browser"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Who runs what beside what (`pytest -n 2`)."""
    return BrowsersApart(config, log)


@pytest.fixture(scope="session", autouse=True)
def clean_checkout(request: pytest.FixtureRequest) -> Iterator[None]:
    """`make test` asks for it; editing while the tests run would look like their doing."""
    if not request.config.getoption("--clean-checkout"):
        yield
        return
    before = files_below(ROOT)
    yield
    left = sorted(files_below(ROOT) - before)
    assert not left, f"the tests left files in the checkout: {', '.join(left)}"


def files_below(folder: Path) -> set[str]:
    """Every file that is not in a cache or a build folder."""
    found = set()
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in KEPT]
        found |= {str(Path(path, name).relative_to(folder)) for name in files if name not in KEPT}
    return found


@pytest.fixture(scope="session")
def web_build() -> Path:
    """The page and the harness as they are built for an export."""
    from export.build_web import build_web

    return build_web(ROOT / "web")


@pytest.fixture(scope="session")
def stand_ins() -> StandIns:
    """For those who export more than once."""
    from tests.stand_ins import StandIns

    return StandIns()


@pytest.fixture(scope="session")
def site(stand_ins: StandIns, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped model's, exported once; what it was made of lies beside it."""
    from export.options import Options
    from export.pipeline import export

    out = tmp_path_factory.mktemp("site") / "dist"
    model = ROOT / "models" / "emotion-b0"
    with stand_ins.remembered():
        export(Options(models=(model,), out=out, web=ROOT / "web"), lambda name, model: None)
    return out / "site"
