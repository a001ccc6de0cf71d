import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonora.insights.embedding import Floats
from sonora.insights.grouping import clusters as groups_of


def unit(rows: list[list[float]]) -> Floats:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_vectors_that_point_the_same_way_are_one_group():
    vectors = unit([[1, 0], [0, 1], [1, 0.1], [0.1, 1], [-1, -1]])
    assert groups_of(vectors, least=0.9) == [0, 1, 0, 1, 4]


def test_there_are_no_groups_of_nothing():
    assert groups_of(np.zeros((0, 3), dtype=np.float32), least=0.5) == []


@given(st.integers(0, 10_000), st.integers(1, 25), st.floats(-0.5, 0.95))
@settings(max_examples=60, deadline=None)
def test_the_groups_are_those_of_joining_the_nearest_two_again_and_again(seed: int, count: int, least: float):
    vectors = unit(np.random.default_rng(seed).normal(size=(count, 4)).tolist())
    assert groups_of(vectors, least=least) == nearest_first(vectors, least)


def nearest_first(vectors: Floats, least: float) -> list[int]:
    groups = [[row] for row in range(len(vectors))]
    while len(groups) > 1:
        products = vectors @ vectors.T
        pairs = [(a, b) for a in range(len(groups)) for b in range(a)]
        a, b = max(pairs, key=lambda pair: products[np.ix_(groups[pair[0]], groups[pair[1]])].mean())
        if products[np.ix_(groups[a], groups[b])].mean() < least:
            break
        groups[b] += groups.pop(a)
    return [min(group) for row in range(len(vectors)) for group in groups if row in group]


def test_beyond_what_is_compared_each_joins_the_nearest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sonora.insights.grouping.linkage.MOST", 2)
    vectors = unit([[1, 0], [0, 1], [1, 0.1], [-1, -1], [-1, -1.1]])
    assert groups_of(vectors, least=0.9) == [0, 1, 0, 3, 3]
