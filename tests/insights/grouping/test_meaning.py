import numpy as np
import pytest

from ml.evaluate_grouping import b_cubed, half, one_by_one, requests, searched
from sonora.insights.embedding import sentence_encoder
from sonora.insights.grouping import Meaning, Vocabulary, clusters, in_groups


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning(sentence_encoder())


def test_requests_are_grouped_and_found_as_well_as_promised(meaning: Meaning):
    texts, topics = other_half = half(requests("requests.txt"), 1)
    vectors = meaning.vectors(texts)
    assert b_cubed(clusters(vectors, least=meaning.alike), topics) >= 0.86
    assert b_cubed(one_by_one(vectors, least=meaning.alike), topics) >= 0.82
    assert searched(meaning, other_half, least=meaning.found) >= 0.86


@pytest.mark.parametrize(("name", "promised"), [("requests_held_out.txt", 0.91), ("requests_long.txt", 0.93)])
def test_requests_of_other_sets_are_grouped_as_well_as_promised(meaning: Meaning, name: str, promised: float):
    texts, topics = requests(name)
    assert b_cubed(clusters(meaning.vectors(texts), least=meaning.alike), topics) >= promised


def test_two_names_of_one_thing_are_near_and_two_things_are_not(meaning: Meaning):
    sso, okta, dark = meaning.vectors(["SSO please", "We sign in through Okta", "A night theme"])
    assert sso @ okta > meaning.alike
    assert sso @ dark < 0.3


def test_of_several_things_the_one_that_is_asked_for_counts(meaning: Meaning):
    first, second, other = meaning.vectors(
        ["Since we have SSO, please add dark mode", "A night theme", "Sign in through Okta"]
    )
    assert first @ second > meaning.alike > first @ other


def test_names_that_a_workspace_adds_make_its_own_words_one_thing():
    texts = ["Prices in the falcon", "We want Project Merlin in Spain"]
    without, added = (
        Meaning(sentence_encoder(), Vocabulary.of(lines)) for lines in ([], [["falcon", "Project Merlin"]])
    )
    first, second = without.vectors(texts)
    assert first @ second < without.alike
    first, second = added.vectors(texts)
    assert first @ second > added.alike


ODD = ["", " ", "😀", "\0", "\ud800", "word " * 40_000, "x" * 200_000, "نريد", "<b>", "please add", "1234"]


def test_any_text_has_a_vector_of_length_one_whatever_stands_beside_it(meaning: Meaning):
    vectors = meaning.vectors(ODD)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert meaning.vectors([]).shape == (0, 384)


def test_groups_are_counted_as_they_appear_and_share_a_title(meaning: Meaning):
    placed = in_groups(["Please add SAML", "dark mode pls", "SSO with Okta would be great"], meaning)
    assert [one.group for one in placed] == [1, 2, 1]
    assert placed[0].title == placed[2].title
    assert placed[1].title == "Dark mode"
