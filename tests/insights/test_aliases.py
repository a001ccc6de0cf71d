"""Names of one thing are read as one."""

import pytest

from sonora.insights.aliases import LONGEST_NAME, MOST_LINES, MOST_VARIANTS, Names, Wrong

TABLE = Names.typed("single sign-on, SSO, SAML\naudit log, audit trail")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("We need SSO.", "We need single sign-on."),
        ("saml please", "single sign-on please"),
        ("Single sign on with Okta", "single sign-on with Okta"),
        ("Export the audit trails and SSO logs", "Export the audit log and single sign-on logs"),
        ("lasso and password", "lasso and password"),
        ("", ""),
    ],
)
def test_each_thing_is_called_by_its_first_name(text: str, plain: str) -> None:
    assert TABLE.plain(text) == plain


def test_a_search_is_asked_with_every_name() -> None:
    assert TABLE.variants("SSO for guests") == ["SSO for guests", "single sign-on for guests", "SAML for guests"]
    assert len(TABLE.variants("SSO audit log")) == 6
    assert TABLE.variants("guests") == ["guests"]
    assert len(TABLE.variants("SSO " * 200)) == MOST_VARIANTS


def test_an_empty_table_changes_nothing() -> None:
    empty = Names.typed(" \n\n")
    assert (empty.lines, empty.plain("SSO"), empty.variants("SSO")) == ((), "SSO", ["SSO"])


def test_what_is_typed_comes_back_tidied_up() -> None:
    assert Names.typed(" SSO ,, single  sign-on , sso\n").text == "sso, single sign-on"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("SSO", "stands alone"),
        ("SSO, SAML\nOkta, saml", "stands in two lines"),
        ("SSO, !!", "neither letters nor digits"),
        (f"SSO, {'x' * (LONGEST_NAME + 1)}", "longer than"),
        (", ".join(f"name {n}" for n in range(21)), "more than 20 names"),
        ("\n".join(f"a{n}, b{n}" for n in range(MOST_LINES + 1)), "more than 200 lines"),
    ],
)
def test_a_person_is_told_what_is_wrong(typed: str, why: str) -> None:
    with pytest.raises(Wrong, match=why):
        Names.typed(typed)


def test_another_table_has_another_version() -> None:
    assert TABLE.version != Names().version
    assert TABLE.version == Names.typed(TABLE.text).version


def test_names_are_words_and_no_patterns() -> None:
    assert Names.typed("C++ (new), any.*").plain("anything at all") == "anything at all"
