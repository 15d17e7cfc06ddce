"""The parity chain of one model: every link beside the net itself, in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from export.accuracy import Accuracy
from export.choose import choose
from export.convert import Converted
from export.drift import Outputs, drift
from export.execute import executor
from export.gates import EXACT, Gate, gates_for, hold
from export.graph import Graph
from export.manifest import Selftest
from export.measure_accuracy import LabelledSet, measure_accuracy
from export.parity import OTHERS, Link, ParitySet, Prover, backends
from export.runners import Tensor, run_onnx, run_saved_model
from export.selftest import CLASSIFIER_TOLERANCE, selftest, selftest_crop
from export.source import Source
from face_detect.crop import Pixels
from train.inputs import normalise

SLOW = ("webgl", "webgpu")
"""Software stand-ins take many seconds to compile one graph's shaders: one graph is enough."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A model's chain: which variant ships, and every link and gate on the way."""

    shipped: str
    passed: tuple[str, ...]
    proven: bool
    links: tuple[Link, ...]
    gates: tuple[Gate, ...]
    selftest: Selftest
    accuracy: tuple[Accuracy, ...] = ()
    """Of the shipped variant, where there are labelled pictures."""
    outputs: Outputs | None = None
    """Of the shipped variant, on the parity set."""
    missing_backends: tuple[str, ...] = ()
    """Those that this machine does not have."""
    refusal: str = ""
    """Why the page's own kernels leave the shipped variant to TF.js, if they do."""

    def shipped_link(self) -> Link:
        """How the shipped weights did on the whole parity set."""
        return self.link_of(self.shipped) or self.links[-1]

    def link_of(self, variant: str) -> Link | None:
        """How a variant did on the whole parity set, if it was measured."""
        return next((link for link in self.links if link.variant == variant), None)


def ask(source: Source, crops: Pixels) -> ParitySet:
    """Put the crops to the net itself."""
    inputs = normalise(crops, source.contract.input)
    return ParitySet(crops=crops, inputs=inputs, reference=source.answer(inputs))


def prove(
    source: Source,
    converted: Converted,
    known: ParitySet,
    prover: Prover,
    wanted: str,
    labelled: LabelledSet | None = None,
) -> Proof:
    """Measure each link and hold its gates; the first that fails stops the export."""
    links, gates = _before_the_browser(source, converted, known)
    said: dict[str, Outputs] = {}

    def measure(variant: str) -> Link:
        link, answers = prover.link(variant)
        said[variant] = answers.outputs
        return link

    def recall(variant: str) -> list[Accuracy]:
        return measure_accuracy(labelled, source, prover, variant) if labelled else []

    choice = choose(wanted, converted.smallest_first(), measure, recall)
    others, other_gates, missing = _other_backends(prover, choice.shipped, said[choice.shipped])
    hold(other_gates)
    return Proof(
        shipped=choice.shipped,
        passed=choice.passed,
        proven=True,
        links=(*links, *choice.links, *others),
        gates=(*gates, *choice.gates, *other_gates),
        selftest=_known_answer(prover, choice.shipped, source),
        accuracy=choice.accuracy,
        outputs=said[choice.shipped],
        missing_backends=missing,
        refusal=prover.refusal(choice.shipped),
    )


def without_browser(source: Source, converted: Converted, known: ParitySet, wanted: str) -> Proof:
    """The same gates on graphs that TensorFlow runs; what TF.js makes of them stays unknown."""
    links, gates = _before_the_browser(source, converted, known)

    def answer(variant: str, inputs: Tensor) -> Outputs:
        return executor(Graph.read(converted.folder / variant))(inputs)

    def measure(variant: str) -> Link:
        name = f"{variant} in TensorFlow"
        link = _timed(name, lambda: answer(variant, known.inputs), known, source)
        return replace(link, variant=variant)

    choice = choose(wanted, converted.smallest_first(), measure)
    spec = source.contract.input
    picture = normalise(selftest_crop(spec.size, spec.depth)[None], spec)
    return Proof(
        shipped=choice.shipped,
        passed=choice.passed,
        proven=False,
        links=(*links, *choice.links),
        gates=(*gates, *choice.gates),
        selftest=selftest(answer(choice.shipped, picture), CLASSIFIER_TOLERANCE),
    )


def _before_the_browser(
    source: Source, converted: Converted, known: ParitySet
) -> tuple[tuple[Link, ...], tuple[Gate, ...]]:
    def onnx() -> Outputs:
        return run_onnx(converted.onnx, known.inputs, source.contract.input.layout)

    def saved_model() -> Outputs:
        return run_saved_model(converted.saved_model, known.inputs)

    links: list[Link] = []
    gates: list[Gate] = []
    for name, answer in (("ONNX", onnx), ("SavedModel", saved_model)):
        link = _timed(name, answer, known, source)
        held = gates_for(name, link.drift, EXACT)
        hold(held)
        links.append(link)
        gates += held
    return tuple(links), tuple(gates)


def _timed(name: str, answer: Callable[[], Outputs], known: ParitySet, source: Source) -> Link:
    start = time.perf_counter()
    outputs = answer()
    seconds = time.perf_counter() - start
    apart = drift(known.reference, outputs, source.contract)
    return Link(name=name, drift=apart, seconds=seconds)


def _other_backends(
    prover: Prover, shipped: str, on_main: Outputs
) -> tuple[list[Link], list[Gate], tuple[str, ...]]:
    """A few crops on each of the others: f32 beside the net, and what ships beside its own answers
    on the main backend, whose distance from the net is known."""
    main = prover.main(shipped)
    offered = [name for name in backends(prover.browser) if name in (*OTHERS, main)]
    links: list[Link] = []
    for backend in (name for name in OTHERS if name in offered and name != main):
        if shipped == "f32" or backend not in SLOW:
            links.append(prover.link("f32", backend)[0])
        if shipped != "f32":
            links.append(prover.link(shipped, backend, on_main)[0])
    gates = [gate for link in links for gate in gates_for(link.name, link.drift, EXACT)]
    return links, gates, tuple(name for name in (main, *OTHERS) if name not in offered)


def _known_answer(prover: Prover, variant: str, source: Source) -> Selftest:
    spec = source.contract.input
    picture = selftest_crop(spec.size, spec.depth)[None]
    return selftest(prover.run(variant, picture).outputs, CLASSIFIER_TOLERANCE)
