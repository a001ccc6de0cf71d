import pytest

from sonora.insights.grouping import Vocabulary, default_vocabulary

SMALL = Vocabulary.read("# a heading: not a name\n\nsingle sign-on: SSO, SAML, log in with Google\nlogin: log in\n")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SSO please", ["single sign-on"]),
        ("sso and SAML", ["single sign-on"]),
        ("Single-Sign-On!", ["single sign-on"]),
        ("we log in with Google", ["single sign-on"]),
        ("we log in with our names", ["login"]),
        ("logins and SAMLs", ["login", "single sign-on"]),
        ("nothing of it", []),
        ("ssological", []),
        ("", []),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(text: str, names: list[str]):
    assert [SMALL.lines[at][0] for at in SMALL.found_in(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Skylight please", ["single sign-on", "SSO", "SAML", "log in with Google", "Skylight", "Portal SSO"]),
        ("portal sso", ["single sign-on", "SSO", "SAML", "log in with Google", "Skylight", "Portal SSO"]),
        ("log in", ["login", "log in"]),
        ("a Falcon", ["Falcon", "Merlin"]),
    ],
)
def test_names_that_are_added_join_the_thing_that_one_of_them_stands_for(text: str, names: list[str]):
    wider = SMALL.with_names([["Skylight", "Portal SSO", "SAML"], ["Falcon", "Merlin"]])
    assert [list(dict.fromkeys(wider.lines[at])) for at in wider.found_in(text)] == [names]


def test_things_that_a_line_says_are_one_become_one():
    wider = SMALL.with_names([["sso", "login"]])
    assert wider.found_in("login and SAML") == [0]


def test_a_vocabulary_without_things_finds_none():
    assert Vocabulary.of([]).found_in("SSO") == []


def test_each_name_in_the_table_stands_for_one_thing():
    lines = default_vocabulary().lines
    assert len(lines) > 100
    unlike = [name for at, line in enumerate(lines) for name in line if default_vocabulary().found_in(name) != [at]]
    assert unlike == []
