"""Every page in its important states: who looks at it, and how they get there."""

from tests.browser import canvases, chats
from tests.browser.guest import Guest
from tests.browser.state import State, at, opened

CARD = "/settings/integrations/intercom"
MATCHING = f"{CARD}/matching"
CSV = (
    "name,external_id,domain,arr,tier,notes\n"
    "Aldern Freight,ald-1,aldern.example,12000,Enterprise,x\n"
    ",ald-2,,,,\n"
    "Bexley Tools,bex-1,not a domain,lots,,\n"
    '"=HYPERLINK(""https://example.com"")",f-1,,,,\n'
)


def wrong_password(guest: Guest) -> None:
    page = guest.visit("/sign-in")
    page.get_by_label("E-mail").fill("nobody@harbour.example")
    page.get_by_label("Password", exact=True).fill("a wrong one")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()


def nothing_typed(guest: Guest) -> None:
    page = guest.visit(f"{CARD}/connect")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()


def checked(guest: Guest) -> None:
    page = guest.visit(f"{CARD}/connect")
    page.get_by_label("Access token").fill(guest.house.token)
    page.get_by_label("API base URL").fill(guest.house.addresses[0])
    page.get_by_role("button", name="Check token").click()
    page.locator("#check .probes").wait_for()


def refused(guest: Guest) -> None:
    page = guest.visit(f"{CARD}/connect")
    page.get_by_label("Access token").fill("dG9rOm5vdF9hX3JpZ2h0X3Rva2Vu")
    page.get_by_label("API base URL").fill(guest.house.addresses[0])
    page.get_by_role("button", name="Check token").click()
    page.locator("#check .probes, #token-error .field-error").first.wait_for()


def filtered(guest: Guest) -> None:
    guest.visit(f"/conversations?tag={guest.fact('tag')['pk']}")


def why(guest: Guest) -> None:
    page = guest.visit("/conversations")
    page.locator(".feeling-word").first.click()
    page.locator("tbody .popover").first.wait_for()


def correcting(guest: Guest) -> None:
    page = guest.visit(f"/conversations/{guest.fact('corrected')}")
    for name in ("Change", "Details"):
        page.locator("#sentiment summary", has_text=name).click()
    page.get_by_role("button", name="Use Sonora's reading").wait_for()


def many_filters(guest: Guest) -> None:
    tag = guest.fact("tag")["pk"]
    guest.visit(
        f"/conversations?tag-none={tag}&tag=999999&customer=none&customer=999999&updated=this-year&tier=Gold&x=1"
    )


def searched(guest: Guest) -> None:
    page = guest.visit("/help/intercom")
    page.keyboard.press("Control+k")
    page.keyboard.type("invoice")
    page.locator(".found-hit").first.wait_for()


def tried_again(guest: Guest) -> None:
    page = guest.visit(f"{CARD}/unreadable")
    page.get_by_role("button", name="Try again").first.click()
    page.get_by_text("will be tried again").wait_for()


def previewed(guest: Guest) -> None:
    page = guest.visit("/customers/import")
    page.get_by_label("CSV file").set_input_files(
        {"name": "customers.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    page.get_by_role("button", name="Preview").click()
    page.locator("#preview h2").first.wait_for()


def looked_for(guest: Guest) -> None:
    page = guest.visit(f"{CARD}/troubleshooting")
    page.get_by_label("A conversation that you miss").fill(
        "https://app.intercom.com/a/inbox/another1/inbox/conversation/7"
    )
    page.get_by_role("button", name="Look for it").click()
    page.locator("#whereabouts .note").wait_for()


def no_id(guest: Guest) -> None:
    page = guest.visit(f"/customers/{guest.fact('customer')}/external-ids/new")
    page.get_by_role("button", name="Add ID").click()
    page.locator(".field-error").first.wait_for()


def no_csv(guest: Guest) -> None:
    page = guest.visit("/customers/import")
    page.get_by_label("CSV file").set_input_files(
        {"name": "holiday.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n\0\0"}
    )
    page.get_by_role("button", name="Preview").click()
    page.locator(".note-error, .field-error").first.wait_for()


def summed(guest: Guest) -> None:
    page = guest.visit(MATCHING)
    page.locator("tbody .sure").first.click()
    page.locator("tbody .popover").first.wait_for()


def ticked(guest: Guest) -> None:
    page = guest.visit(MATCHING)
    for number in (0, 1):
        page.locator("tbody .checkbox").nth(number).check()
    page.get_by_text("2 selected").wait_for()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # to where the bar lies over nothing


def bulk_previewed(guest: Guest) -> None:
    ticked(guest)
    guest.page.get_by_role("button", name="Link selected").click()
    guest.page.get_by_role("heading", name="Link 2 companies?").wait_for()


def none_of_these(guest: Guest) -> None:
    ticked(guest)
    guest.page.get_by_role("button", name="Not these").click()
    guest.page.get_by_role("heading", name="Reject 2 suggestions?").wait_for()


def keys_told(guest: Guest) -> None:
    page = guest.visit(MATCHING)
    page.get_by_role("link", name="Which keys?").click()
    page.get_by_role("dialog").wait_for()


def rules_previewed(guest: Guest) -> None:
    page = guest.visit(f"{MATCHING}/rules")
    page.get_by_role("button", name="Preview").click()
    page.locator("#preview").wait_for()


def imported(guest: Guest) -> None:
    previewed(guest)
    guest.page.get_by_role("button", name="Import", exact=True).click()
    guest.page.get_by_role("heading", level=1, name="mport").wait_for()
    guest.page.wait_for_url("**/imports/*")


def quotes_ticked(guest: Guest) -> None:
    page = guest.visit(f"/feature-requests/{guest.fact('wish')}")
    for number in (0, 1):
        page.locator("[name='quote']").nth(number).check()
    page.get_by_text("2 selected").wait_for()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # to where the bar lies over nothing


def quotes_to_move(guest: Guest) -> None:
    quotes_ticked(guest)
    guest.page.get_by_role("button", name="Move…").click()
    guest.page.get_by_role("heading", name="Move 2 quotes to").wait_for()


def to_check_ticked(guest: Guest) -> None:
    page = guest.visit("/feature-requests/to-check")
    page.locator("tbody .checkbox").first.check()
    page.get_by_text("1 selected").wait_for()


def names_refused(guest: Guest) -> None:
    page = guest.visit("/feature-requests/names")
    page.get_by_label("One thing a line").fill("alone")
    page.get_by_role("button", name="Save").click()
    page.locator(".field-error").wait_for()


def strength_opened(guest: Guest) -> None:
    page = guest.visit(f"/people/{guest.fact('person')}")
    page.locator("#relationship").locator("xpath=ancestor::section").locator("summary").click()


def card_opened(guest: Guest) -> None:
    path = f"/customers/{guest.fact('talkative')}/people"
    page = guest.visit(path)
    guest.visit(f"{path}{page.locator('.map-node').first.get_attribute('href')}")
    page.locator("#card summary").click()


def strength_of_a_row(guest: Guest) -> None:
    page = guest.visit("/people?engagement=high&engagement=medium")
    page.locator("td details summary").first.click()


TABS = ("unmatched", "matched", "conflicts", "ignored")
STATES = [
    State("sign-in", "", at("/sign-in")),
    State("sign-in-refused", "", wrong_password),
    State("home-first-run", "cleo", at("/")),
    State("home-first-run-member", "dee", at("/")),
    State("integrations-available", "cleo", at("/settings/integrations")),
    State("card-not-connected", "cleo", at(CARD)),
    State("wizard", "cleo", at(f"{CARD}/connect")),
    State("wizard-errors", "cleo", nothing_typed),
    State("wizard-checked", "cleo", checked),
    State("wizard-refused", "cleo", refused),
    State("conversations-none", "cleo", at("/conversations")),
    State("people-none", "cleo", at("/people")),
    State("customers-none", "cleo", at("/customers")),
    State("card-first-sync", "eve", at(CARD)),
    State("integrations-first-sync", "eve", at("/settings/integrations")),
    State("conversations-first-sync", "eve", at("/conversations")),
    State("card-token-refused", "fay", at(CARD)),
    State("integrations-token-refused", "fay", at("/settings/integrations")),
    State("reconnect", "fay", at(f"{CARD}/connect?mode=reconnect")),
    State("card-disconnected", "kim", at(CARD)),
    State("card-deleting", "uma", at(CARD)),
    State("card-deleted", "ivo", at(CARD)),
    State("disconnect-again", "kim", at(f"{CARD}/disconnect")),
    State("settings-disconnected", "kim", at(f"{CARD}/settings")),
    State("integrations", "ada", at("/settings/integrations")),
    State("integrations-menu", "ada", opened("/settings/integrations", "More for Intercom")),
    State("card", "ada", at(CARD)),
    State("card-member", "ben", at(CARD)),
    State("runs", "ada", at(f"{CARD}/runs")),
    State("runs-no-match", "ada", at(f"{CARD}/runs?result=cancelled")),
    State("run", "ada", at(CARD + "/runs/{pk}", pk="run")),
    State("run-log-errors", "ada", at(CARD + "/runs/{pk}?log=errors#log", pk="run")),
    State("card-patchy", "pat", at(CARD)),
    State("unreadable", "pat", at(f"{CARD}/unreadable")),
    State("unreadable-member", "mel", at(f"{CARD}/unreadable")),
    State("unreadable-none", "ada", at(f"{CARD}/unreadable")),
    State("unreadable-tried", "pat", tried_again),
    State("missing", "pat", at(f"{CARD}/missing")),
    State("missing-none", "ada", at(f"{CARD}/missing")),
    State("matching", "pat", at(MATCHING)),
    State("matching-member", "mel", at(MATCHING)),
    *(State(f"matching-{tab}", "pat", at(f"{MATCHING}?tab={tab}")) for tab in TABS),
    State("matching-nothing", "kim", at(MATCHING)),
    State("matching-sum", "pat", summed),
    State("matching-ticked", "pat", ticked),
    State("matching-bulk", "pat", bulk_previewed),
    State("matching-not-these", "pat", none_of_these),
    State("matching-search", "pat", at(f"{MATCHING}?q=a")),
    State("matching-no-match", "pat", at(f"{MATCHING}?q=zyxwvut")),
    State("matching-keys", "pat", keys_told),
    State("matching-rules", "pat", rules_previewed),
    State("matching-history", "pat", at(f"{MATCHING}/history")),
    State("matching-history-none", "ada", at(f"{MATCHING}/history")),
    State("matching-why", "pat", at(f"{MATCHING}/why?q=a")),
    State("matching-company", "pat", at(MATCHING + "/companies/{pk}?q=a", pk="to_match")),
    State("settings", "ada", at(f"{CARD}/settings")),
    State("resync", "ada", at(f"{CARD}/resync?object=all")),
    State("disconnect", "ada", at(f"{CARD}/disconnect")),
    State("troubleshooting", "ada", at(f"{CARD}/troubleshooting")),
    State("troubleshooting-found", "ada", looked_for),
    State("notices", "ada", at("/settings/notices")),
    State("notices-trouble", "fay", at("/settings/notices")),
    State("notices-none", "cleo", at("/settings/notices")),
    State("audit", "ada", at("/settings/audit")),
    State("audit-details", "ada", opened("/settings/audit?area=integrations", "Details")),
    State("audit-no-match", "ada", at("/settings/audit?who=zyxwvut")),
    State("conversations", "ada", at("/conversations")),
    State("conversations-filtered", "ada", filtered),
    State("conversations-tag-picker", "ada", opened("/conversations?state=snoozed", "Tag")),
    State("conversations-state-picker", "ada", opened("/conversations?state=snoozed", "State")),
    State("conversations-many-filters", "ada", many_filters),
    State("conversations-customer-picker", "ada", at("/conversations?edit=customers&find=a&state=nonsense")),
    State("conversations-dates-picker", "ada", opened("/conversations?updated=2020-01-01..2099-12-31", "Updated")),
    State("conversations-more-filters", "ada", opened("/conversations", "Filter")),
    State("conversations-no-match", "ada", at("/conversations?q=zyxwvut&state=open")),
    State("reader-redacted", "ada", at("/conversations/{pk}?all=1", pk="redacted")),
    State("reader-notes", "ada", at("/conversations/{pk}?all=1", pk="noted")),
    State("reader-files", "ada", at("/conversations/{pk}?all=1", pk="filed")),
    State("reader-cut", "ada", at("/conversations/{pk}", pk="cut")),
    State("conversations-why", "ada", why),
    State("reader-sentiment", "ada", at("/conversations/{pk}", pk="felt")),
    State("reader-correcting", "ada", correcting),
    State("search", "ada", at("/search?q=a")),
    State("search-nothing", "ada", at("/search?q=zyxwvut")),
    State("search-panel", "ada", searched),
    *chats.STATES,
    *canvases.STATES,
    State("customers", "ada", at("/customers")),
    State("customers-waiting", "pat", at("/customers?companies=waiting")),
    State("customer", "ada", at("/customers/{pk}", pk="customer")),
    State("customer-sentiment", "ada", at("/customers/{pk}", pk="talkative")),
    State("customer-add", "ada", at("/customers/new")),
    State("customer-edit", "ada", at("/customers/{pk}/edit", pk="customer")),
    State("customer-merge", "ada", at("/customers/{pk}/merge?q=a", pk="customer")),
    State("customer-id-refused", "ada", no_id),
    State("import", "ada", at("/customers/import")),
    State("import-preview", "ada", previewed),
    State("import-no-csv", "ada", no_csv),
    State("import-done", "cleo", imported),
    State("people", "ada", at("/people")),
    State("people-unmatched", "pat", at("/people?work=unmatched")),
    State("people-filtered", "ada", at("/people?role=user&updated=2020-01-01..&state=open&state=closed")),
    State("people-tag-picker", "ada", at("/people?edit=contact_tags.any")),
    State("people-standing", "ada", at("/people?champion=yes&rhythm=active&rhythm=quiet&engagement=high")),
    State("people-silent", "ada", at("/people?rhythm=quiet&rhythm=left")),
    State("people-left", "ada", at("/people?rhythm=left&silent=this-year")),
    State("people-rhythm-picker", "ada", at("/people?edit=rhythms")),
    State("people-strength", "ada", strength_of_a_row),
    State("people-no-match", "ada", at("/people?q=zyxwvut")),
    State("person", "ada", at("/people/{pk}", pk="person")),
    State("person-strength", "ada", strength_opened),
    State("person-champion", "ada", at("/people/{pk}", pk="champion")),
    State("person-timeline", "ada", at("/people/{pk}/timeline", pk="person")),
    State("person-timeline-none", "ada", at("/people/{pk}/timeline?kind=changes", pk="person")),
    State("person-identities", "ada", at("/people/{pk}/identities", pk="champion")),
    State("person-merge", "ada", at("/people/{pk}/merge?q=a", pk="person")),
    State("person-merge-ask", "ada", at("/people/{pk}/merge?other={other}", pk="champion", other="person")),
    State("people-graph", "ada", at("/people/graph")),
    State("people-graph-map", "ada", at("/people/graph#map")),
    State("people-graph-filtered", "ada", at("/people/graph?role=user&sentiment=negative")),
    State("people-graph-card", "ada", at("/people/graph?who={pk}", pk="champion")),
    State("people-graph-none", "cleo", at("/people/graph")),
    State("customer-people", "ada", at("/customers/{pk}/people", pk="talkative")),
    State("customer-people-map", "ada", at("/customers/{pk}/people#map", pk="talkative")),
    State("customer-people-card", "ada", card_opened),
    State("customer-people-crowded", "kim", at("/customers/{pk}/people", pk="crowded")),
    State("customer-people-crowded-map", "kim", at("/customers/{pk}/people#map", pk="crowded")),
    State("people-graph-crowded-map", "kim", at("/people/graph#map")),
    State("people-graph-crowded", "kim", at("/people/graph")),
    State("customer-people-none", "ada", at("/customers/{pk}/people", pk="deserted")),
    State("requests", "ada", at("/feature-requests")),
    State("requests-member", "ben", at("/feature-requests")),
    State("requests-none", "cleo", at("/feature-requests")),
    State("requests-no-match", "ada", at("/feature-requests?q=zyxwvut&status=new")),
    State("requests-status-picker", "ada", opened("/feature-requests?status=planned", "Status")),
    State("requests-to-check", "ada", to_check_ticked),
    State("requests-to-check-none", "cleo", at("/feature-requests/to-check")),
    State("requests-dismissed", "ada", at("/feature-requests/dismissed")),
    State("requests-similar", "ada", at("/feature-requests/similar")),
    State("request", "ada", at("/feature-requests/{pk}", pk="wish")),
    State("request-member", "ben", at("/feature-requests/{pk}", pk="wish")),
    State("request-ticked", "ada", quotes_ticked),
    State("request-move", "ada", quotes_to_move),
    State("request-merge", "ada", at("/feature-requests/{pk}/choose?q=invoice", pk="wish")),
    State("names", "ada", at("/feature-requests/names")),
    State("names-refused", "ada", names_refused),
    State("help", "ada", at("/help/intercom")),
    State("workspaces", "ada", at("/workspaces")),
    State("theme-menu", "ada", opened("/help/intercom", "Theme")),
    State("account-menu", "ada", opened("/help/intercom", "Account")),
    State("not-allowed", "ben", at(f"{CARD}/settings")),
    State("not-found", "ada", at("/conversations/999999")),
]
