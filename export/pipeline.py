"""The whole export, from trained weights to a folder that can be hosted."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from export.about import about_file, kept_card, write_abouts
from export.browser import Browser
from export.build_web import build_web
from export.clips import Clips, copy_clips, find_clips, keep_clips
from export.compare_graphs import GraphFigures
from export.convert import Converted, convert
from export.crops import parity_crops
from export.exported import Exported
from export.import_tensorflow import import_tensorflow
from export.keep_models import is_export, keep_models
from export.lib import write_lib
from export.manifest import SiteDetector
from export.measure_accuracy import LabelledSet, ask_labelled
from export.options import Options
from export.parity import Prover
from export.prove import ask, prove, without_browser
from export.prove_detector import SIZES, DetectorProof, prove_detector
from export.prove_sequence import SequenceProof, prove_sequence
from export.report import Report, evidence, report, write_report
from export.site import assemble, copy_graph, keep_site_models
from export.site_report import write_site_report
from export.source import Source, open_sources
from export.stages import Clock, Watch
from face_detect.command import MachineError
from face_detect.crop import Pixels
from face_detect.media import read_picture
from face_detect.swap import staged
from face_detect.tiny import TinyDetector

_FACE_API = Path("node_modules/@vladmandic/face-api")


def export(options: Options, watch: Watch) -> Report:
    """Do all of it; `options.out` changes only when everything held."""
    with (
        staged(options.out, is_export) as staging,
        tempfile.TemporaryDirectory(dir=staging.parent) as work,
    ):
        return _Export(options, Clock(watch), staging, Path(work)).run()


class _Export:
    def __init__(self, options: Options, clock: Clock, staging: Path, work: Path) -> None:
        self._options, self._clock = options, clock
        self._staging, self._work = staging, work
        self._face_api = options.web / _FACE_API
        self._clips: Clips | None = None

    def run(self) -> Report:
        with self._clock.stage("read"):
            if self._options.clips is not None:
                self._clips = find_clips(self._options.clips)
            sources = open_sources(self._options)
        with self._clock.stage("page"):
            build = build_web(self._options.web)
        with contextlib.ExitStack() as stack:
            with self._clock.stage("browser"):
                browser = self._browser(build, stack)
                import_tensorflow()
            done = [self._model(source, browser) for source in sources]
            with self._clock.stage("detector") as mark:
                detector = self._detector(browser)
                mark.bytes = detector.brotli_bytes
        with self._clock.stage("site") as mark:
            kept = self._kept(done)
            found = evidence(self._options, done, detector, kept)
            mark.bytes = self._site(build, done, detector, kept, found)
            write_lib(build, self._staging / "site", self._staging / "lib", self._options.web)
        with self._clock.stage("report"):
            skipped = self._clips.skipped if self._clips is not None else 0
            site = self._staging / "site"
            document = report(found, self._clock.records, site, skipped)
            write_report(document, self._staging)
            return document

    def _browser(self, build: Path, stack: contextlib.ExitStack) -> Browser | None:
        if self._options.unproven:
            return None
        mounts = {"/harness": build / "harness", "/graphs": self._work}
        return stack.enter_context(Browser(mounts=mounts))

    def _detector(self, browser: Browser | None) -> DetectorProof:
        work = self._work / "detector"
        return prove_detector(
            self._face_api / "model", work, self._pictures()[:2], browser, "/graphs/detector"
        )

    def _model(self, source: Source, browser: Browser | None) -> Exported:
        name, wanted = source.contract.name, self._options.variant
        folder = self._work / "models" / name
        converted = convert(source, self._options.converter, folder, self._clock)
        with self._clock.stage("crops", name):
            known = ask(source, self._crops(source))
        prover = None
        if browser is not None:
            prover = Prover(
                browser=browser,
                contract=source.contract,
                known=known,
                folder=folder,
                url=f"/graphs/models/{name}",
            )
        labelled = self._labelled(source)
        with self._clock.stage("proof", name):
            proof = (
                prove(source, converted, known, prover, wanted, labelled)
                if prover is not None
                else without_browser(source, converted, known, wanted)
            )
            sequence = self._sequence(source, browser)
        return Exported(
            source=source,
            converted=converted,
            known=known,
            proof=proof,
            converters=self._converters(source, converted, prover),
            sequence=sequence,
            unused_data=labelled.unused if labelled else (),
        )

    def _sequence(self, source: Source, browser: Browser | None) -> SequenceProof | None:
        if source.sequence is None:
            return None
        name = source.contract.name
        return prove_sequence(
            source.sequence,
            source.contract,
            self._work / "sequences" / name,
            converter=self._options.converter,
            browser=browser,
            url=f"/graphs/sequences/{name}",
        )

    def _labelled(self, source: Source) -> LabelledSet | None:
        if not self._options.data:
            return None
        with self._clock.stage("accuracy", source.contract.name):
            return ask_labelled(self._options.data, source)

    def _converters(
        self, source: Source, converted: Converted, prover: Prover | None
    ) -> tuple[GraphFigures, ...]:
        if not self._options.compare:
            return ()
        from export.compare_graphs import compare_converters

        with self._clock.stage("compare", source.contract.name):
            return tuple(compare_converters(converted.onnx, source.contract, prover))

    def _pictures(self) -> list[Pixels]:
        return [read_picture(path) for path in self._picture_files()]

    def _picture_files(self) -> list[Path]:
        found = sorted((self._face_api / "demo").glob("sample*.jpg"))
        if not found:
            raise MachineError(f"{self._face_api}: is not installed; run npm ci in the web folder")
        return found

    def _crops(self, source: Source) -> Pixels:
        rules = source.contract.crop
        detector = TinyDetector(
            self._face_api / "model", size=rules.detector_size, second_look=rules.second_look
        )
        return parity_crops(self._picture_files(), detector, rules.rule, source.contract.input.size)

    def _kept(self, done: list[Exported]) -> list[str]:
        if self._options.whole:
            return []
        return keep_models(self._options.out, self._staging, [item.name for item in done])

    def _site(
        self,
        build: Path,
        done: list[Exported],
        detector: DetectorProof,
        kept: list[str],
        found: Report,
    ) -> int:
        site, before = self._staging / "site", self._options.out / "site"
        for item in done:
            item.write(self._staging / "models" / item.name)
        copy_graph(detector.folder, site / "detector")
        models = [item.write_to_site(site) for item in done]
        entries = keep_site_models(before, site, kept)
        cards = {item.name: item.card() for item in done}
        write_abouts(site, found, cards | {name: kept_card(before, name) for name in kept})
        write_site_report(found, site)
        return assemble(
            page=build / "site",
            web=self._options.web,
            site=site,
            models=models,
            detector=SiteDetector(
                graph="detector/model.json", size=SIZES[0], selftest=detector.selftest
            ),
            cards=[item.source.card for item in done if item.source.card is not None],
            kept=[{**entry, "about": about_file(entry["name"])} for entry in entries],
            clips=self._site_clips(site),
        )

    def _site_clips(self, site: Path) -> Sequence[Mapping[str, Any]]:
        if self._clips is not None:
            return copy_clips(self._clips, site)
        return [] if self._options.whole else keep_clips(self._options.out / "site", site)
