import pytest

from sonora.insights import encoding
from sonora.insights.aliases import Names
from sonora.insights.encoders import WordEncoder
from sonora.insights.encoding import encoder
from sonora.insights.model_files import ModelUnusable


@pytest.fixture
def fresh():
    encoder.cache_clear()
    encoding._common.cache_clear()
    yield
    encoder.cache_clear()
    encoding._common.cache_clear()


def test_requests_become_vectors_of_what_they_ask_for():
    saml, okta, dark = encoder(Names()).vectors(["Please add SAML", "We sign in with Okta", "A night theme"])
    assert saml @ okta > encoder(Names()).alike > saml @ dark


def test_a_workspaces_own_name_is_one_with_the_thing_that_everybody_knows_by_others():
    names = Names((("Skylight", "single sign-on"),))
    asked = ["Please add Skylight", "We sign in with Okta"]
    own, okta = encoder(Names(())).vectors(asked)
    assert own @ okta < encoder(names).alike
    own, okta = encoder(names).vectors([names.plain(text) for text in asked])
    assert own @ okta > encoder(names).alike


def test_without_its_model_words_alone_tell_what_is_alike(fresh: None, monkeypatch: pytest.MonkeyPatch):
    def missing() -> None:
        raise ModelUnusable("The model minilm.onnx cannot be read.")

    monkeypatch.setattr("sonora.insights.encoding.sentence_encoder", missing)
    assert isinstance(encoder(Names()), WordEncoder)
