"""`python -m benchmarks made-aihub`: as many large pictures as a test of size needs."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from benchmarks.commands import Commands
from benchmarks.commands.show import watched
from face_detect import arguments

_EPILOG = """what it makes
  OUT/Training and OUT/Validation with zips of pictures and zips of JSON lists for each emotion, as
  AI-Hub hands out its Korean emotion set: names composed and decomposed, three annotators' labels
  and boxes, one person in eight for validation. JPEGs have 8 to 12 megapixels, quality 90 and 1.5
  to 2 MB; one in six lies on its side and says so in its EXIF.

what is in the pictures
  Real faces, from the sample pictures that the page's packages and matplotlib ship (about twenty),
  lit, coloured, turned and mirrored anew before grounds that are drawn: 300 distinct pictures,
  each of which the detector finds one face in. The rest of the set is these again, under other
  names and with another comment in the file. --faces DATA takes a face of its own for each of the
  300 from a dataset that you have. Labels are drawn, not seen: nothing can be learned from them.

what is wrong with them
  Three in a hundred, in equal shares: cut short, no face, several faces, an entry without its
  picture, a picture without its entry, annotators who disagree and no uploader's label, a box
  outside the picture. What was made is counted at the end.

size
  20,000 pictures take about 35 GB. --portion 3/10 makes the third tenth alone; nobody is in two
  portions, and all portions together are the whole set, picture by picture. --pool keeps the 300
  (about 0.5 GB), which otherwise each portion draws again. OUT appears when it is whole; one that
  this command made is replaced, any other folder is refused.

examples
  python -m benchmarks made-aihub made --pictures 500
  python -m benchmarks made-aihub made --pictures 20000 --portion 1/10 --pool pool
  python -m benchmarks made-aihub small --pictures 28 --distinct 14 --megapixels 0.2
  python -m benchmarks made-aihub made --pictures 2000 --faces fairface.zip
"""


def add(commands: Commands) -> None:
    """`python -m benchmarks made-aihub`."""
    parser = commands.add_parser(
        "made-aihub",
        help="a dataset in AI-Hub's layout, of any size, to test what size does",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole, real = arguments.whole, arguments.real
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write")
    parser.add_argument("--pictures", type=whole(1), required=True, help="of the whole set")
    parser.add_argument("--seed", type=whole(0), default=0, help="(0)")
    parser.add_argument(
        "--portion", type=_portion, default=(1, 1), metavar="I/N", help="the Ith of N (all)"
    )
    parser.add_argument(
        "--pool", type=Path, metavar="DIR", help="keep the distinct pictures for the next portion"
    )
    parser.add_argument("--distinct", type=whole(1), default=300, help="pictures (300)")
    parser.add_argument(
        "--megapixels", type=real(0.05, 50), help="of every picture, for a trial (8 to 12)"
    )
    parser.add_argument("--wrong", type=real(0, 1), default=0.03, help="share (0.03)")
    parser.add_argument("--faces", type=Path, metavar="DATA", help="any dataset of faces or photos")
    parser.add_argument(
        "--workers", type=whole(1, 256), default=_cores(), help="threads (this machine's cores)"
    )
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    from benchmarks.made.made_options import MadeOptions
    from benchmarks.made.make_aihub import make_aihub
    from benchmarks.made.plan import portion_of

    portion, portions = chosen.portion
    options = MadeOptions(
        pictures=chosen.pictures,
        seed=chosen.seed,
        portion=portion,
        portions=portions,
        distinct=chosen.distinct,
        megapixels=chosen.megapixels,
        wrong=chosen.wrong,
        faces=chosen.faces,
        pool=chosen.pool,
        workers=chosen.workers,
    )
    count = len(portion_of(options.pictures, portion, portions))
    with watched(distinct_pictures=options.distinct, pictures=count) as on_step:
        made = make_aihub(chosen.out, options, on_step)
    wrong = "".join(f", {count} × {kind}" for kind, count in made.wrong.items())
    sys.stdout.write(
        f"{chosen.out}: {made.pictures} pictures ({made.bytes / 1e9:.2f} GB), {made.entries}"
        f" entries, {made.records} records; {made.distinct} distinct ones of {made.faces} real"
        f" faces{wrong}\n"
    )
    return 0


def _portion(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise argparse.ArgumentTypeError(f"{text!r} is no portion; write 3/10 for the third tenth")
    return int(found[1]), int(found[2])


def _cores() -> int:
    return len(os.sched_getaffinity(0))
