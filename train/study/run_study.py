"""Run every arm of a study once a seed; what was finished before is not run again."""

from __future__ import annotations

import dataclasses
import json
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from lightning_fabric import Fabric

from face_detect.command import InputError
from face_detect.swap import refuse_strangers
from train.alone import alone
from train.code_version import command_line
from train.evaluate import NO_ANSWER
from train.fit import DivergedError, predict
from train.keep_model import keep_model
from train.lock import LOCK
from train.metrics import Rows, best_row, read_metrics
from train.out_of_memory import out_of_memory
from train.plan import Plan
from train.records import CONFIG, DONE, METRICS, find_run, fingerprint, run_folders
from train.resume import LAST
from train.run import Outcome, check, first_contract, run, run_config
from train.source import SharedSource
from train.study.answers import Answers
from train.study.study import CHOSEN_BY, Arm, Study
from train.study.time_left import picture_s, time_left
from train.study.trials import FAILURES, JOURNAL, PrunedError, Trials, Turn
from train.watch import Watch

RUNS, MODELS = "runs", "models"
State = Literal["finished", "pruned", "diverged", "out of memory", "missing"]


@dataclass(frozen=True, kw_only=True)
class StudyWatch(Watch):
    """Whom a study tells how it goes."""

    on_run: Callable[[int, int, str, float], None] = lambda number, count, name, left_s: None
    """Which run of how many begins, and about how long all that is left will take."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One run: an arm with a seed."""

    arm: Arm
    seed: int
    plan: Plan
    key: str
    """Runs of equal keys are the same run, on the same pictures."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What became of a job."""

    job: Job
    state: State
    note: str = ""
    folder: Path | None = None
    model: Path | None = None
    rows: Rows = dataclasses.field(default_factory=list)
    answers: Answers | None = None
    """On the validation part; of finished runs."""
    judged: dict[str, Any] | None = None
    """The figures at the run's end: on the test part, if the study asks for it."""
    code: str = ""
    """The version that began it."""

    @property
    def best(self) -> dict[str, float]:
        """The epoch that was kept."""
        return dict(best_row(self.rows, self.job.plan.options.choose_by) or {})

    @property
    def losses(self) -> tuple[float, float]:
        """In training: of the first epoch and of the last; equal where there is only one."""
        found = [row["train_loss"] for row in self.rows if "train_loss" in row] or [math.nan]
        return found[0], found[-1]

    @property
    def learned(self) -> bool:
        """False where the training loss ended above where it began."""
        return not self.losses[1] > self.losses[0]


def run_study(
    study: Study,
    folder: Path,
    *,
    fabric_for: Callable[[Plan], Fabric],
    watch: StudyWatch,
    source: SharedSource | None = None,
    so_far: Callable[[tuple[Ran, ...]], None] = lambda ran: None,
) -> tuple[Ran, ...]:
    """Fill the study's folder: `runs/` with the records, `models/` with what came out.

    `so_far` is told what became of every run before another one begins.
    """
    source = source or SharedSource()
    refuse_strangers(folder, _is_study)
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        for record in run_folders(folder / RUNS):
            if (record / DONE).exists():  # perhaps by a process that was killed right then
                _drop_checkpoints(record)
        _check_arms(study, source, fabric_for, watch)
        jobs = _jobs(study, source, watch)
        trials = Trials(folder, prunes=study.prunes)
        for _ in _run_all(study, jobs, folder, trials, fabric_for, watch, source):
            so_far(_ran_all(jobs, folder, trials))
        return _ran_all(jobs, folder, trials)


def _is_study(folder: Path) -> bool:
    """Whether one was begun there."""
    return any((folder / name).exists() for name in (JOURNAL, LOCK))


def _jobs(study: Study, source: SharedSource, watch: Watch) -> list[Job]:
    """Seed by seed, so that every arm is known a little before one is known well."""
    jobs = []
    for seed in study.seeds:
        for arm in sorted(study.arms, key=lambda arm: (arm.plan.size, arm.plan.channels)):
            plan = study.plan(arm, seed)
            data = source.gather(plan, watch)
            key = fingerprint(run_config(plan, data))
            jobs.append(Job(arm=arm, seed=seed, plan=plan, key=key))
    return jobs


def _check_arms(
    study: Study, source: SharedSource, fabric_for: Callable[[Plan], Fabric], watch: Watch
) -> None:
    """What cannot work is told before hours have gone into what can."""
    for arm in study.arms:
        plan = study.plan(arm, study.seeds[0])
        try:
            check(plan, source.gather(plan, watch), fabric_for(plan))
        except Exception as error:
            if out_of_memory(error):
                continue  # its run will tell, and the others go on
            if isinstance(error, InputError):
                raise InputError(f"{study.name}: {arm.name}: {error}") from error
            raise


def _run_all(
    study: Study,
    jobs: list[Job],
    folder: Path,
    trials: Trials,
    fabric_for: Callable[[Plan], Fabric],
    watch: StudyWatch,
    source: SharedSource,
) -> Iterator[None]:
    """Rests before each run but the first."""
    ended = trials.pruned() | set(trials.failed("diverged"))  # memory may suffice another time
    open_ = {
        job.key: job for job in jobs if job.key not in ended and not _run_of(job, folder, done=True)
    }
    expected = _expected(list(open_.values()), source, fabric_for, watch)
    started, before = time.monotonic(), len(jobs) - len(open_)
    for number, turn in enumerate(trials.turns(open_)):
        if number:
            yield
        spent = time.monotonic() - started
        if study.hours is not None and number and spent > study.hours * 3600:
            turn.drop()
            watch.say(f"{study.hours:g} hours are over: {len(open_) - number} runs are left")
            return
        job = open_[turn.key]
        left_s = time_left(spent, expected[:number], expected[number:])
        watch.on_run(before + number + 1, len(jobs), f"{job.arm.name}, seed {job.seed}", left_s)
        _run_one(job, turn, folder, fabric_for(job.plan), watch, source)


def _expected(
    jobs: list[Job], source: SharedSource, fabric_for: Callable[[Plan], Fabric], watch: StudyWatch
) -> list[float]:
    """Seconds for each, if no run stops early."""
    pace: dict[str, float] = {}
    found = []
    for job in jobs:
        if job.arm.name not in pace:
            watch.say(f"timing a step of {job.arm.name}")
            contract = first_contract(job.plan, source.gather(job.plan, watch).labels)
            pace[job.arm.name] = picture_s(contract, fabric_for(job.plan))
        count = len(source.gather(job.plan, watch).kept)
        epochs = sum(options.epochs for options in job.plan.stages) / len(job.plan.stages)
        found.append(pace[job.arm.name] * count * epochs)
    return found


def _run_one(
    job: Job, turn: Turn, folder: Path, fabric: Fabric, watch: Watch, source: SharedSource
) -> None:
    runs = folder / RUNS
    interrupted = _run_of(job, folder, done=False)
    if interrupted:
        turn.catch_up(read_metrics(interrupted / METRICS))
    watching = dataclasses.replace(watch, say=lambda line: None, on_epoch=turn.epoch)

    def keep(outcome: Outcome) -> None:
        _answers(outcome, source, watching).write(outcome.folder)
        keep_model(
            outcome,
            _model_of(outcome.folder, folder),
            data=job.plan.data.name,
            licence="not stated",
            made_by=command_line().replace(str(job.plan.data), job.plan.data.name),
            part=None if job.plan.judged == "test" else "valid",
        )

    try:
        outcome = run(job.plan, runs, fabric, watching, keep, source)
    except PrunedError:
        turn.prune()
    except DivergedError as error:
        turn.fail("diverged", str(error))
    except Exception as error:
        if not out_of_memory(error):
            raise
        turn.fail("out of memory", (str(error).splitlines() or ["memory was too small"])[0])
    else:
        turn.finish(max(epoch.score(CHOSEN_BY) for epoch in outcome.history))
        _drop_checkpoints(outcome.folder)


def _drop_checkpoints(record: Path) -> None:
    """Of a finished run: several times a model's size, and of no use any more."""
    for checkpoint in record.rglob(LAST):
        checkpoint.unlink()


def _run_of(job: Job, folder: Path, *, done: bool) -> Path | None:
    return find_run(folder / RUNS, job.plan.name, job.key, done=done)


def _answers(outcome: Outcome, source: SharedSource, watch: Watch) -> Answers:
    pictures = source.judged(outcome.data.valid, outcome.contract, watch)
    outputs = predict(outcome.net, outcome.contract, pictures.samples).numpy()
    return Answers(
        said=np.where(pictures.found, outputs.argmax(1), NO_ANSWER),
        truth=pictures.samples.targets.numpy(),
        pictures=str(outcome.data.pictures["valid"]["digest"]),
        labels=outcome.contract.heads[0].labels,
    )


def _model_of(record: Path, folder: Path) -> Path:
    """Numbered as the record is: the same arm with other settings leaves it alone."""
    return folder / MODELS / record.name


def _ran_all(jobs: Sequence[Job], folder: Path, trials: Trials) -> tuple[Ran, ...]:
    ends = _ends(trials)
    return tuple(_ran(job, folder, ends) for job in jobs)


def _ends(trials: Trials) -> dict[str, tuple[State, str]]:
    """How runs ended that did not finish, and what was said, by their keys."""
    ends: dict[str, tuple[State, str]] = dict.fromkeys(trials.pruned(), ("pruned", ""))
    for how in reversed(FAILURES):  # the first is final: it hides that memory was too small before
        ends |= {key: (how, reason) for key, reason in trials.failed(how).items()}
    return ends


def _ran(job: Job, folder: Path, ends: Mapping[str, tuple[State, str]]) -> Ran:
    done = _run_of(job, folder, done=True)
    if done is None:
        state, note = ends.get(job.key, ("missing", ""))
        begun = _run_of(job, folder, done=False)
        rows = read_metrics(begun / METRICS) if begun else []
        return Ran(job=job, state=state, note=note, rows=rows)
    return Ran(
        job=job,
        state="finished",
        folder=done,
        model=_model_of(done, folder),
        rows=read_metrics(done / METRICS),
        answers=Answers.read(done),
        judged=json.loads((done / DONE).read_text(encoding="utf-8")),
        code=json.loads((done / CONFIG).read_text(encoding="utf-8"))["code"],
    )
