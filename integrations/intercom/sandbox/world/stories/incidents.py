# ruff: noqa: E501  a sentence stays on one line
"""The outage, and bugs."""

from integrations.intercom.sandbox.world.stories.story import Story

OUTAGE = Story(
    key="outage",
    weight=0,
    mood="bad",
    priority="urgent",
    tags=("outage", "escalated"),
    subjects=("Dispatch board is down", "Nothing loads - {count} technicians waiting", "URGENT: error 503 since this morning", "Is Northwind down?", "We are completely blocked", "Board stuck on the loading screen"),
    openers=(
        "The route board has been spinning for {minutes} minutes and nobody here can dispatch a single job.",
        "Since about {hour} this morning every page in Dispatch answers with error 503.",
        "None of our {count} technicians can open their job list, the app just says it cannot reach the server.",
        "Are you having an outage? The board went white in the middle of our morning planning.",
        "Third time I am reloading, third time I get a blank page - your status page still shows everything green.",
        "We are dead in the water here: no board, no mobile app, no way to see today's work orders.",
    ),
    details=(
        "I have {count} crews sitting in their vans in {site} with no addresses.",
        "Customers are phoning us because nobody turns up and we cannot even see who was booked.",
        "We are back to reading jobs out over the phone from yesterday's printout, which is absurd.",
        "This is costing us roughly {amount} an hour in missed appointments.",
        "It is the second time this quarter, and the last one was explained away as a one-off.",
        "Two hospital callouts are in there somewhere and I cannot find them.",
    ),
    asks=(
        "When will this be back?",
        "Please tell me someone is looking at this and give me a time I can pass on.",
        "I need an honest estimate, not a template.",
        "What exactly is broken, and is our data safe?",
        "Can you at least e-mail us the list of today's jobs?",
    ),
    answers=(
        "We see it too: a database failover went wrong at {hour} and the board cannot read work orders. Engineers are on it and I will write again within 20 minutes.",
        "You are right to be angry. The whole {region} cluster is affected, nothing on your side is wrong. The next update comes on the half hour.",
        "This is an incident on our side, confirmed a few minutes ago. No data is lost; writes are queued and will be replayed.",
        "I am sorry, the status page was late. We are rolling back this morning's release now and expect the board within the hour.",
    ),
    follow_ups=(
        "It has been {minutes} minutes since your last message and the board is still blank.",
        "Half an hour ago you said half an hour.",
        "My director is standing behind me asking what we pay for, and I have no answer to give.",
        "The app comes up for a minute and then throws us out again.",
        "Still nothing. We have now cancelled {count} appointments by hand.",
    ),
    progress=(
        "I have nothing better than the truth: not yet. The database is being restored from a copy that is four minutes old.",
        "Two of five nodes are back, which is why it comes and goes. I will write when all are.",
        "You have every reason to be angry. I just asked again, engineering is testing the fix now.",
    ),
    resolutions=(
        "Everything is back since noon and queued updates have been replayed. A written report with the cause follows by {day}.",
        "The board is up in all regions. I have asked for a credit on your next invoice and will confirm it to you in writing.",
        "We are green again. The cause was an expired certificate between two services; the check that should have warned us now exists.",
    ),
    endings=(
        "OK it loads again. I still want that report before our renewal talk.",
        "It is back, thank you, but we cannot go through another morning like this.",
        "Confirmed working. Please make the status page honest next time.",
        "Works now. A credit does not bring back the appointments, to be frank.",
    ),
    notes=("Enterprise account, renewal in {month}. Call them as soon as the board is up.", "Linked to incident INC-{order}. Do not promise a time before engineering does.", "They lost {count} appointments; propose 10 % credit."),
)  # fmt: skip

BUG_MOBILE = Story(
    key="bug_mobile", weight=9, mood="bad", tags=("bug", "mobile app"),
    subjects=("Photos disappear from completed jobs", "Mobile app logs technicians out", "App crashes when signing a work order",
              "Offline jobs never sync", "Duplicate work orders after sync", "Timer keeps running"),
    openers=(
        "Photos that our technicians attach in the app are gone once the job is marked complete.",
        "Since version {version} the Android app logs everyone out around noon.",
        "The app crashes whenever a customer signs on a phone that is held sideways.",
        "Jobs finished in a basement without signal stay on 'waiting to sync' for ever.",
        "We get every work order twice after the phone comes back online.",
        "The timer in the mobile app keeps running after a job is closed.",
    ),
    details=(
        "It happens on {count} phones, all of them Samsung, all on Android 15.", "Work order {order} is one of them if you want to look.",
        "Reinstalling helps for a day and then it starts again.", "I attached what the app offered to send.",
        "On the web the same job looks fine, so it has to be the app.", "It started after the update on {day}.",
        "The crews have gone back to paper because of it.",
    ),
    asks=("Is this a known problem?", "Could someone look into it before the weekend?", "What can I tell the crews in the meantime?",
          "Please let me know what you need from us to reproduce it."),
    answers=(
        "I found the uploads in our log: they were refused because the session had expired. Nothing you did, and the photos are still in the queue.",
        "That is a known problem in {version}, the session is renewed too late. A fix is in review and should reach the stores by {day}.",
        "Thanks, I turned my phone sideways and it crashed on the first try. It goes to the mobile team as a bug today.",
        "Could you check whether battery saving is on for the app? On some phones it stops our sync in the background.",
        "I see the doubles for {site}. The phone sends the same job twice when the first answer is lost; we will make that harmless.",
        "You are right, closing a job should stop the timer. The hours of last week can be corrected, I can do that for you.",
    ),
    follow_ups=("Any news? It happened again on {day}, this time to {count} people.", "Good to know that you can see it as well. I will tell the crews.",
                "We do not let people choose their phones, they are all configured the same way.", "This is wearing people out, I hear about it every morning.",
                "Thanks for the explanation. What about the ones from last week?"),
    resolutions=("Version {version} with the fix is in both stores now. Could one of your crews try it today?",
                 "What was damaged last week is repaired, please check order {order}.",
                 "The fix is live on our side, no update needed. I will leave this open until {day} in case it comes back."),
    endings=("Updated on two phones, both fine so far. Thanks.", "It is right again, much appreciated.", "Looks solved, you can close this one.",
             "Still the same on one phone, but I can live with that."),
    notes=("Reproduced on a Galaxy A54. Ticket MOB-{order}.", "Same cause as last month's session bug, ask mobile before answering."),
)  # fmt: skip

BUG_BOARD = Story(
    key="bug_board", weight=7, mood="bad", tags=("bug", "route board"),
    subjects=("Wrong travel times on the route board", "Drag and drop drops the job on the wrong day", "Calendar shifted by one hour",
              "Search finds nothing", "Map shows technicians in the sea", "Board forgets my filters"),
    openers=(
        "The route board calculates {minutes} minutes for a drive that takes ten.",
        "When I drag a job to {day} it lands on the day before.",
        "All appointments are one hour off since the clocks changed.",
        "Searching for a work order by its number finds nothing, although I am looking at it.",
        "According to the map, half of my team is somewhere in the ocean.",
        "The board forgets my filters every time I open a job.",
    ),
    details=("I am on {browser}, a colleague with another browser sees the same.", "It concerns the {site} depot only, the others are fine.",
             "We noticed it on {day}, it may have been like that for longer.", "Clearing the cache did not help.", "Order {order} is a good example."),
    asks=("Can you have a look?", "Is there a setting that I have missed?", "Please fix this, planners have stopped trusting the board.", "What is going on there?"),
    answers=(
        "The board uses the traffic of the morning for the whole day when the map service does not answer. That is ours, a fix goes out this week.",
        "The {site} depot has another time zone than its planners, so a drop near midnight changes the day. May I correct the zone for you?",
        "The clock change hit depots whose zone is written as an offset. I can set {site} to a proper zone if you agree.",
        "I can see it in your account. The search index for {site} stopped on {day}; we are building it again and it takes about an hour.",
        "That one is ours. The map service returned no coordinates and we drew them at zero. A fix goes out this week.",
        "It should remember them. Could you tell me whether you open the job in the same tab or in a new one?",
    ),
    follow_ups=("Yes please, go ahead.", "Here is one more example, the red one is the job I mean.", "That explains two of them, a third one is still wrong.", "I would rather understand why it changed by itself."),
    resolutions=("Done, please reload the board. It should be right again.", "Fixed in today's release. Sorry for the confusion.", "I checked three examples with you in mind, all are right now."),
    endings=("Perfect, all good now.", "Works, thank you for the quick fix.", "Better. I will keep an eye on it.", "Great, thanks!"),
    notes=("Depot settings were changed by an import on their side, see audit trail.",),
)  # fmt: skip

STORIES = (BUG_MOBILE, BUG_BOARD)
