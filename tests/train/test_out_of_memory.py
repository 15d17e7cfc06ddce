from __future__ import annotations

import numpy as np
import pytest
import torch

from train.out_of_memory import out_of_memory


def test_numpy_and_torch_are_understood() -> None:
    with pytest.raises(MemoryError) as of_numpy:
        np.zeros(10**15)
    with pytest.raises(RuntimeError) as of_torch:
        torch.empty(10**15)
    assert out_of_memory(of_numpy.value)
    assert out_of_memory(of_torch.value)


def test_other_errors_are_none_of_memory() -> None:
    assert not out_of_memory(RuntimeError("shapes do not fit"))
    assert not out_of_memory(ValueError("out of memory"))


def test_an_error_that_memory_caused_is_one_of_memory() -> None:
    with pytest.raises(KeyError) as caught:
        try:
            raise MemoryError
        except MemoryError as error:
            raise KeyError from error
    assert out_of_memory(caught.value)
