# ruff: noqa: E501  a sentence stays on one line
"""Feature requests, each worded in many ways: as a plain wish, a complaint, a condition or only a need."""

from dataclasses import dataclass

from integrations.intercom.sandbox.world.stories.story import Lines, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A feature that customers miss. *able* completes "to …", *things* are names for it, *needs* tell the reason or the need alone."""

    key: str
    weight: int
    tag: str
    able: Lines
    things: Lines
    needs: Lines


WISHES = (
    Wish(
        key="sso", weight=6, tag="SSO",
        able=("sign in with our company accounts", "log in through Okta", "put Dispatch behind our Entra login", "use our Google accounts", "use single sign-on"),
        things=("single sign-on", "SSO with Okta", "SAML login", "a Google Workspace login", "OIDC"),
        needs=("Our IT does not allow another password for {count} people.", "When someone leaves we have to remember to remove them by hand, and last month we forgot.",
               "Corporate policy says that from {month} on every tool hangs on our identity provider.", "People keep mixing up their passwords and I reset five a week."),
    ),
    Wish(
        key="csv_export", weight=6, tag="CSV export",
        able=("export the job list to CSV", "download the filtered board as a spreadsheet", "get the time report into Excel", "pull all work orders of a month in one file"),
        things=("a CSV export", "an Excel download", "a scheduled export by e-mail", "bulk export of work orders"),
        needs=("Every month someone here types {count} rows from the screen into a spreadsheet.", "Our controller wants raw numbers and I can only give him a picture.",
               "Copying from the browser loses the columns.", "The PDF report looks nice and is of no use for calculating."),
    ),
    Wish(
        key="dark_mode", weight=4, tag="dark mode",
        able=("switch the board to a dark theme", "use the app at night without being blinded", "have the screens follow the system's dark setting"),
        things=("a dark mode", "a night theme", "dark colours for the wall display"),
        needs=("Our night shift stares at a white wall from ten to six.", "The technicians open it in dark cellars and it is far too bright.",
               "The big screen in the control room lights up the whole room."),
    ),
    Wish(
        key="api_limits", weight=4, tag="API",
        able=("make more calls to your API", "read jobs in bulk through the API", "update {count} work orders in one call"),
        things=("higher API limits", "a bulk endpoint in the API", "a batch call in the API"),
        needs=("We hit 429 every night at the same step of our import.", "Our warehouse job needs four hours because it may only ask twice a second.",
               "We pay an integrator to work around your limit, which seems wrong."),
    ),
    Wish(
        key="audit_log", weight=4, tag="audit log",
        able=("see who changed a work order", "look up who deleted an appointment", "download a history of changes"),
        things=("an audit log", "a change history", "an activity trail for admins"),
        needs=("Someone moved order {order} and nobody admits it.", "The auditor asked who had access to prices in {month} and I could only shrug.",
               "Without a trace of changes we will not pass our certification."),
    ),
    Wish(
        key="recurring", weight=3, tag="route board",
        able=("plan visits that repeat every second month", "copy last week's plan to this week"),
        things=("recurring jobs", "a copy-week button"),
        needs=("We plan the same {count} inspections by hand each quarter.", "Each Monday starts with an hour of typing the same things."),
    ),
    Wish(
        key="offline", weight=3, tag="mobile app",
        able=("work in cellars without signal", "finish a job form offline", "see the manuals without a connection"),
        things=("a real offline mode", "offline forms", "downloads for manuals in the app"),
        needs=("Half of our lifts are in places with no signal at all.", "The crews write on paper and type it in again at home."),
    ),
    Wish(
        key="notifications", weight=3, tag="notifications",
        able=("be told when a job runs late", "choose which alerts I get", "switch notifications off at night"),
        things=("alerts for late jobs", "settings for each kind of notification", "quiet hours for notifications"),
        needs=("I get sixty mails a day and miss the one that counts.", "Half of what your system sends me is noise."),
    ),
    Wish(
        key="roles", weight=2, tag="security review",
        able=("give subcontractors a view of their own jobs only", "define roles ourselves", "hide margins from dispatchers"),
        things=("a guest access for subcontractors", "custom roles", "finer permissions"),
        needs=("Right now everyone sees everything.", "Either everyone is an admin or nobody can work."),
    ),
)  # fmt: skip

# {able} and {thing} are filled from the wish.
_OPENERS = (
    "It would be great if we could {able}.", "Is there any way to {able}? I could not find one.", "We would love to see {thing} in Northwind.",
    "Feature request: {thing}, please.", "Any plans for {thing}?", "I really miss {thing}.", "Could you please add {thing}?",
    "How hard would it be to let us {able}?", "{thing_cap} would make my life so much easier.", "I wish I could {able} without asking you every time.",
    "Are you ever going to support {thing}? Everybody else has it.", "Please, please let us {able}.", "What keeps you from offering {thing}?",
    "One thing that is missing for us is {thing}.", "We need to {able}, otherwise the rollout in {site} stops here.",
    "My suggestion for your roadmap: {thing}.", "Would you consider {thing} for the next release?", "Why can I still not {able}?",
    "Your competitor lets us {able}, and honestly that is what we compare you with.", "For our {count} users it is a must to {able}.",
    "Not a complaint, but being able to {able} would be a real step forward.", "Let me put in another vote for {thing}.",
)  # fmt: skip
_ANSWERS = (
    "Thank you, I added your vote for {thing}. It is on our list, though without a date yet.",
    "You are not alone with that: several customers asked for {thing} this quarter. May our product manager contact you?",
    "Today that is not possible, I am afraid. I can show you how others live without it, if that helps.",
    "Good news, {thing} is being built. The beta opens in {month} and I put you on the list.",
    "I wrote your case down for the product team, with the reason, because reasons count more than votes.",
)  # fmt: skip
_FOLLOW_UPS = (
    "Thanks for the honest answer. Please count us in for a beta.", "We asked for the same thing a year ago, so I am a little sceptical.",
    "We can live without it for a while, but not for ever.", "Sure, have them call me. I can show what we do today.",
    "Is there a date that I can give to my management?",
)  # fmt: skip
_RESOLUTIONS = (
    "I would rather not name a date and then miss it. I will write to you when it moves.", "You are on the beta list, expect a mail in {month}.",
    "Passed on. I will leave the request linked to your account.",
)  # fmt: skip
_ENDINGS = (
    "Fair enough, thank you.",
    "Looking forward to it!",
    "OK. Please do not forget us.",
    "Thanks, that is good to know.",
)


def _story(wish: Wish) -> Story:
    return Story(
        key=f"wish_{wish.key}",
        weight=wish.weight,
        mood="neutral",
        tags=("feature request", wish.tag),
        subjects=(
            "Feature request: {thing}",
            "{thing_cap}?",
            "Idea: {thing}",
            "Missing: {thing}",
            "Question about {thing}",
        ),
        openers=_OPENERS,
        details=wish.needs,
        asks=(
            "Is that on your roadmap?",
            "What do you think?",
            "Thanks for considering it.",
            "Who decides about such things?",
            "Happy to test it.",
        ),
        answers=_ANSWERS,
        follow_ups=_FOLLOW_UPS,
        resolutions=_RESOLUTIONS,
        endings=_ENDINGS,
        notes=("Vote added on PRD-{order}.", "Third request for this from the same account."),
    )


WISH_BY_STORY = {f"wish_{wish.key}": wish for wish in WISHES}
STORIES = tuple(_story(wish) for wish in WISHES)
