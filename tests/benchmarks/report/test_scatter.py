from itertools import combinations

from benchmarks.report.exhibits import Point, Scatter
from benchmarks.report.scatter import Drawing, draw
from benchmarks.report.to_html import to_html
from tests.benchmarks.report.reports import a_report


def scatter(*points: Point) -> Scatter:
    return Scatter(title="made", x_title="ms", y_title="accuracy", points=points)


CROWD = scatter(
    *(Point(name=f"net-{i}", x=20 + i / 50, y=0.6 + i % 3 / 500, best=i == 0) for i in range(6))
)


def drawn(*points: Point) -> Drawing:
    return draw(scatter(*points))


def test_a_better_one_is_higher_and_a_quicker_one_further_left() -> None:
    quick, good = drawn(Point(name="a", x=5, y=0.4), Point(name="b", x=50, y=0.6)).dots
    assert quick.x < good.x
    assert quick.y > good.y


def test_the_line_goes_up_in_steps_through_the_best_alone() -> None:
    points = [
        Point(name="a", x=5, y=0.4, best=True),
        Point(name="b", x=20, y=0.3),
        Point(name="c", x=50, y=0.6, best=True),
    ]
    found = drawn(*points)
    a, _, c = found.dots
    corners = [(a.x, a.y), (c.x, a.y), (c.x, c.y)]
    assert found.line[1:].split("L")[1:4] == [f"{x:.1f},{y:.1f}" for x, y in corners]


def test_names_of_a_crowd_do_not_cover_each_other() -> None:
    boxes = [(dot.name_y, dot.name_x, dot.anchor) for dot in draw(CROWD).dots]
    for (y, x, anchor), (other_y, other_x, other) in combinations(boxes, 2):
        assert (
            abs(y - other_y) >= 12
            or (anchor, other) != ("start", "start")
            or (abs(x - other_x) > 30)
        )


def test_all_lies_inside_of_the_axes() -> None:
    found = draw(CROWD)
    for dot in found.dots:
        assert found.left <= dot.x <= found.right
        assert found.top <= dot.y <= found.bottom
    assert all(found.left <= tick.at <= found.right for tick in found.x_ticks)
    assert all(found.top <= tick.at <= found.bottom for tick in found.y_ticks)


def test_a_single_net_has_a_plot_too() -> None:
    assert drawn(Point(name="a", x=5, y=0.4, best=True)).line.startswith("M")


def test_the_page_draws_each_point_with_its_name() -> None:
    text = to_html(a_report(scatters=(CROWD,)))
    assert text.count("<circle") == len(CROWD.points)
    assert ">net-5</text>" in text
