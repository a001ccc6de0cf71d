import pytest

from sonora.insights.encoders import WordEncoder
from sonora.insights.encoding import encoder
from sonora.insights.model_files import ModelUnusable


@pytest.fixture(autouse=True)
def fresh():
    encoder.cache_clear()
    yield
    encoder.cache_clear()


def test_requests_become_vectors_of_what_they_ask_for():
    saml, okta, dark = encoder().vectors(["Please add SAML", "We sign in with Okta", "A night theme"])
    assert saml @ okta > encoder().alike > saml @ dark


def test_without_its_model_words_alone_tell_what_is_alike(monkeypatch: pytest.MonkeyPatch):
    def missing() -> None:
        raise ModelUnusable("The model minilm.onnx cannot be read.")

    monkeypatch.setattr("sonora.insights.encoding.sentence_encoder", missing)
    assert isinstance(encoder(), WordEncoder)
