from pathlib import Path

from benchmarks.page.clicks import answers
from benchmarks.page.first import fetched_files
from benchmarks.page.live import long_tasks

ROOT = "http://127.0.0.1:1/some/where/"


def test_a_file_counts_once_and_as_large_as_it_is_sent(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"x" * 900)
    (tmp_path / "index.html.br").write_bytes(b"x" * 90)
    (tmp_path / "icon.png").write_bytes(b"x" * 30)
    urls = (ROOT, f"{ROOT}icon.png", f"{ROOT}index.html#live", f"{ROOT}gone.js", "blob:abc")
    found = {file.path: file.sent_bytes for file in fetched_files(urls, ROOT, tmp_path)}
    assert found == {"index.html": 90, "icon.png": 30}


def test_only_tasks_of_the_span_count_and_from_its_beginning() -> None:
    noted = [(90.0, 60.0), (110.0, 70.0), (300.0, 80.0)]
    assert [(task.at_ms, task.duration_ms) for task in long_tasks(noted, 100.0, 200.0)] == [
        (10, 70)
    ]


def test_a_click_that_chromium_does_not_tell_of_was_answered_in_time() -> None:
    state = {"answers": {"1": [50.0, 500.0], "2": [150.0, 40.0], "3": [160.0, 120.0]}}
    assert sorted(answers(state, (100.0, 200.0), clicks=4)) == [16, 16, 40, 120]
