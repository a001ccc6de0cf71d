import pytest

from integrations.intercom.links import Links


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("us", "app.intercom.com"),
        ("eu", "app.eu.intercom.com"),
        ("au", "app.au.intercom.com"),
        ("", "app.intercom.com"),
    ],
)
def test_links_lead_to_the_application_of_the_region(region: str, host: str):
    links = Links(region, "app1")
    assert links.conversation("7") == f"https://{host}/a/inbox/app1/inbox/conversation/7"
    assert links.contact("c7") == f"https://{host}/a/apps/app1/users/c7/all-conversations"
    assert links.company("o7") == f"https://{host}/a/apps/app1/companies/o7/users"


def test_an_object_that_names_its_workspace_is_believed():
    assert "/a/apps/app2/" in Links("us", "app1").contact("c7", app_id="app2")


def test_there_is_no_link_without_a_workspace():
    links = Links("us")
    assert (links.conversation("7"), links.contact("7"), links.company("7")) == ("", "", "")
