"""What is left of a firm's name when its writing makes no difference."""

import time

import pytest

from sonora.customers.matching.legal_forms import BY_COUNTRY
from sonora.customers.matching.normal import name

SAME = [
    ("Acme GmbH", "ACME"),
    ("Acme Co., Ltd.", "acme limited"),
    ("The Acme Company", "Acme"),
    ("Müller & Söhne GmbH & Co. KG", "Mueller und Soehne"),
    ("Müller & Söhne", "Muller and Sohne"),
    ("株式会社トヨタ", "トヨタ"),
    ("ﾄﾖﾀ(株)", "トヨタ 株式会社"),
    ("北京科技有限公司", "北京科技"),
    ("주식회사 삼성전자", "삼성전자 Co., Ltd."),
    ("ООО «Ромашка»", "Romashka"),
    ("Ελλάδα Α.Ε.", "ΕΛΛΑΔΑ"),
    ("Cemex, S.A.B. de C.V.", "CEMEX SA de CV"),
    ("Orlen Sp. z o.o.", "Orlen sp zoo"),
    ("Yıldız Gıda San. ve Tic. A.Ş.", "YILDIZ GIDA"),
    ("İstanbul A.Ş.", "istanbul"),
    ("Oy Nokia Ab", "Nokia"),
    ("PT Astra Tbk", "Astra"),
    ("UAB Girteka", "Girteka, UAB"),
    ("J.P. Morgan", "JP Morgan"),
    ("AT&T Inc", "ATT"),
    ("O'Reilly Media", "OReilly Media"),
    ("McDonald’s", "Mcdonalds"),
    ("Coca-Cola", "coca cola"),
    ("Monday.com Ltd", "Monday"),
    ("www.acme.co.uk", "Acme"),
    ("Intl. Business Machines", "International Business Machines"),
    ("García y López, S.L.", "Garcia & Lopez"),
    ("Acme  \u200bLtd", "Acme"),
    ("Ａｃｍｅ　Ｉｎｃ", "Acme"),
    ("Deutsche Bank Deutschland", "Deutsche Bank Germany"),
    ("Acme UG (haftungsbeschränkt)", "Acme"),
]

OTHERS = [
    ("Acme (UK) Ltd", "Acme"),
    ("Sunny Spa", "Sunny"),
    ("Acme Bank", "Acme Foods"),
    ("Studio 54", "Studio 55"),
    ("Acme Holding", "Acme"),
    ("The", ""),
    ("Limited", "Company"),
]


def spellings(text: str) -> set[tuple[str, ...]]:
    return set(name(text).spellings)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_in_two_spellings_has_one_normal_form(one: str, other: str):
    assert spellings(one) & spellings(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_names_have_two_normal_forms(one: str, other: str):
    assert not spellings(one) & spellings(other)


def test_forms_of_more_than_25_countries_are_known():
    assert len({country for countries in BY_COUNTRY for country in countries.split(", ")}) >= 40


@pytest.mark.parametrize("forms", BY_COUNTRY.values(), ids=list(BY_COUNTRY))
def test_each_form_is_no_part_of_the_name(forms: tuple[str, ...]):
    for spelling in (spelling for form in forms for spelling in form.split(":")[1].split(",")):
        written = "S.p.A." if spelling.strip() == "spa" else spelling
        assert name(f"Zyxwv {written}").words == ("zyxwv",), spelling


def test_a_name_that_is_only_a_legal_form_keeps_it():
    assert name("Limited").words == ("limited",)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Zeta Holdings LLC d/b/a Acme", [("acme",)]),
        ("Zeta trading as Acme Foods", [("acme", "foods")]),
        ("Acme (formerly Zeta Labs)", [("zeta", "laboratories")]),
        ("Acme - Billing", [("acme",), ("billing",)]),
        ("Acme | EMEA", [("acme",)]),
        ("Acme (UK)", []),
        ("Acme (2)", []),
    ],
)
def test_other_names_in_a_name_are_found(text: str, others: list[tuple[str, ...]]):
    assert list(name(text).others) == others


@pytest.mark.parametrize("text", ["", "   ", "!!!", "()", "(((", "\u200b", "—", "&", "."])
def test_what_holds_no_letter_is_no_name(text: str):
    assert name(text).is_empty


@pytest.mark.parametrize("unit", ["a@", "a.", "( ", "(a)", "d/b/a ", " - ", "é", "株式会社", "S.p.A. ", "&a", "'"])
def test_a_name_of_a_hundred_thousand_characters_takes_no_time(unit: str):
    began = time.process_time()
    name((unit * 100_000)[:100_000])
    assert time.process_time() - began < 0.05
