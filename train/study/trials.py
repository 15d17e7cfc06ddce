"""The queue of a study's runs, kept by Optuna in the study's folder, with its pruner."""

from __future__ import annotations

import os
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import optuna
from optuna.pruners import BasePruner, MedianPruner, NopPruner
from optuna.samplers import RandomSampler
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import Trial, TrialState

from train.epoch import Epoch
from train.study.study import CHOSEN_BY

JOURNAL = "trials.log"
_NAME, _KEY = "study", "key"
Failure = Literal["diverged", "out of memory"]
FAILURES: tuple[Failure, ...] = typing.get_args(Failure)


class PrunedError(Exception):
    """A run that was worse than the median of those before it."""


class Turn:
    """One run's turn: what it reports, and how it ends."""

    def __init__(self, study: optuna.Study, trial: Trial) -> None:
        self.key = str(trial.user_attrs[_KEY])
        self._study, self._trial = study, trial
        self._reported: set[int] = set()

    def catch_up(self, rows: Iterable[Mapping[str, float]]) -> None:
        """The epochs of an interrupted run that goes on."""
        for row in rows:
            self._report(int(row["epoch"]), row[CHOSEN_BY])

    def epoch(self, epoch: Epoch) -> None:
        """Report one epoch; raise if the run is not worth going on."""
        self._report(epoch.number, epoch.score(CHOSEN_BY))
        if self._trial.should_prune():
            raise PrunedError

    def finish(self, value: float) -> None:
        self._study.tell(self._trial, value)

    def prune(self) -> None:
        self._study.tell(self._trial, state=TrialState.PRUNED)

    def fail(self, how: Failure, reason: str) -> None:
        self._trial.set_user_attr(how, reason)
        self._study.tell(self._trial, state=TrialState.FAIL)

    def drop(self) -> None:
        self._study.tell(self._trial, state=TrialState.FAIL)

    def _report(self, step: int, value: float) -> None:
        if step not in self._reported:
            self._reported.add(step)
            self._trial.report(value, step)


class Trials:
    """Every run has a key; what has ended under one is not begun again."""

    def __init__(self, folder: Path, *, prunes: bool) -> None:
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        journal = folder / JOURNAL
        _mend(journal)
        self._prunes = prunes
        pruner: BasePruner = MedianPruner(n_warmup_steps=2) if prunes else NopPruner()
        self._study = optuna.create_study(
            storage=JournalStorage(JournalFileBackend(str(journal))),
            study_name=_NAME,
            direction="maximize",
            load_if_exists=True,
            sampler=RandomSampler(),
            pruner=pruner,
        )
        for trial in self._study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
            self._study.tell(trial.number, state=TrialState.FAIL)  # of a process that was killed

    def pruned(self) -> set[str]:
        """The keys of runs that were stopped; none where this is not wanted any more."""
        if not self._prunes:
            return set()
        return {
            str(trial.user_attrs[_KEY])
            for trial in self._study.get_trials(deepcopy=False, states=(TrialState.PRUNED,))
        }

    def failed(self, how: Failure) -> dict[str, str]:
        """The keys of runs that ended so, and what was said."""
        return {
            str(trial.user_attrs[_KEY]): str(trial.user_attrs[how])
            for trial in self._study.get_trials(deepcopy=False, states=(TrialState.FAIL,))
            if how in trial.user_attrs
        }

    def turns(self, keys: Iterable[str]) -> Iterator[Turn]:
        """A turn for each of the keys, in their order."""
        for key in keys:
            self._study.enqueue_trial({}, user_attrs={_KEY: key})
            turn = Turn(self._study, self._study.ask())
            while turn.key != key:  # queued by a process that was killed before it began
                turn.drop()
                turn = Turn(self._study, self._study.ask())
            yield turn


def _mend(journal: Path) -> None:
    """What a process that was killed outright may leave: half a line, and its lock."""
    journal.with_name(f"{journal.name}.lock").unlink(missing_ok=True)
    if journal.exists():
        content = journal.read_bytes()
        if not content.endswith(b"\n"):
            os.truncate(journal, content.rfind(b"\n") + 1)  # in one step, whoever may be killed
