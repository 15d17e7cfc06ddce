from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from tests.train.made_clips import acted, clip
from train.plot import draw_shares, save_plot
from train.plot_score import plot_score
from train.plot_trace import plot_trace
from train.score import score
from train.trace_file import Moment, Trace, TracedHead

KOREAN = "웃는 얼굴.mp4"


@pytest.fixture
def traced() -> Trace:
    head = TracedHead(name="감정 $x$", labels=("기쁨", "$\\frac$"))
    moments = (
        Moment(index=0, time_s=0.0, probabilities=((0.9, 0.1),), uncertain=(False,)),
        Moment(index=1, time_s=0.5),
        Moment(index=2, time_s=1.0, probabilities=((0.2, 0.8),), uncertain=(True,)),
    )
    return Trace(model="made", smooth=False, heads=(head,), moments=moments)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be warned of, were missing letters not forgiven."""
    messages: list[str] = []
    monkeypatch.setattr(
        warnings, "filterwarnings", lambda *_, **__: warnings.simplefilter("always")
    )
    monkeypatch.setattr(
        warnings, "showwarning", lambda message, *_, **__: messages.append(str(message))
    )
    return messages


def has_korean() -> bool:
    return any("CJK" in name for name in font_manager.get_font_names())


@pytest.mark.skipif(not has_korean(), reason="no font here has Korean letters")
@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_korean_shows_in_every_text_of_both_plots(
    traced: Trace, heard: list[str], tmp_path: Path, suffix: str
) -> None:
    smile = clip(acted((0.5, 1.5, "happy", 0.9), seconds=2))
    made = plot_score(smile, smile, score(smile, smile), (KOREAN, KOREAN))
    for number, figure in enumerate((plot_trace(traced, KOREAN), made)):
        save_plot(figure, tmp_path / f"{number}{suffix}")
    assert heard == []


def test_a_letter_that_no_font_has_is_forgiven(tmp_path: Path) -> None:
    figure = Figure()
    figure.suptitle("\U0010fffd")
    save_plot(figure, tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size


def test_a_dollar_in_a_name_is_no_formula(traced: Trace, tmp_path: Path) -> None:
    smile = clip(acted((0.5, 1.5, "happy", 0.9), seconds=2))
    name = r"x$\frac$.mp4"
    save_plot(plot_trace(traced, name), tmp_path / "trace.svg")
    save_plot(plot_score(smile, smile, score(smile, smile), (name, name)), tmp_path / "score.svg")
    assert (tmp_path / "score.svg").stat().st_size


def test_a_curve_breaks_where_there_is_no_row_and_is_named_where_it_was_last() -> None:
    axis = Figure().subplots()
    draw_shares(axis, [0.0, 1.0, 2.0], [(0.2,), (0.7,), None], ["happy"])
    [line] = axis.lines
    assert str(line.get_ydata()) == "[0.2 0.7 nan]"
    [name] = axis.texts
    assert isinstance(name, Annotation)
    assert (name.get_text(), name.xy) == ("happy", (1, 0.7))
