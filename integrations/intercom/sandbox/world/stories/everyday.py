# ruff: noqa: E501  a sentence stays on one line
"""Praise, first steps, how-to questions, security reviews, integrations."""

from integrations.intercom.sandbox.world.stories.story import Story

PRAISE = Story(
    key="praise",
    weight=9,
    mood="good",
    tags=("praise",),
    subjects=("The new board is a joy", "Thank you from a busy month", "Kudos to {teammate}", "Small compliment", "You saved our Monday", "Just wanted to say this"),
    openers=(
        "I just wanted to say that the new route board is a joy to use.",
        "We closed our busiest month ever and Dispatch did not let us down once.",
        "Please pass our thanks on to {teammate}, who stayed with us until the import was right.",
        "My dispatcher, who hates every program, told me this morning that she likes yours.",
        "You saved our Monday, honestly.",
        "I have used five of these systems in my life and yours is the first that I would recommend.",
    ),
    details=(
        "Planning {site} takes us {minutes} minutes now, it used to be half a day.",
        "The customers love the arrival message, we get thank-you notes for it.",
        "Even the old hands use the app without being told to.",
        "First-visit fixes went up by {percent} percent since spring.",
        "It is rare that someone answers on a Saturday, and kindly at that.",
    ),
    asks=("Keep it up.", "No question, only thanks.", "If you need a reference, call me.", "Feel free to quote me on that."),
    answers=("You have just made our week. I am reading this out in the stand-up.", "Thank you so much! I am passing it on to everyone here.",
             "That is wonderful to hear. May our marketing colleague get in touch about a short story?"),
    follow_ups=("Sure, gladly.", "Of course. Well deserved.", "Any time!", "Happy to. Just not in the first week of {month}."),
    resolutions=("Lovely, you will hear from us. Have a great week!", "Thanks again, it means a lot.", "Have a great week!", "Of course, whenever it suits you."),
    endings=("You too!", "Looking forward to it.", "Thanks, bye!"),
    notes=("Ask for a reference before the renewal.",),
)  # fmt: skip

ONBOARDING = Story(
    key="onboarding",
    weight=8,
    mood="neutral",
    team=1,
    tags=("onboarding",),
    subjects=("Go-live of {site}: order of imports", "Importing our customers", "Invitations do not arrive", "Depots or skills first?", "Training for new dispatchers", "Template for maintenance visits"),
    openers=(
        "We start with the {site} depot on {day} and I want to be sure that I import things in the right order.",
        "Our list of {count} customers is in a spreadsheet, what is the best way to bring it in?",
        "I invited {seats} technicians yesterday and half of them say they got no mail.",
        "Do depots need to exist before skills, or the other way round?",
        "Three new dispatchers join in {month}; is there a training they could take on their own?",
        "I am setting up recurring maintenance visits and I am not sure which template to pick.",
    ),
    details=("We come from a paper calendar, so please be patient with us.", "I watched the first two videos, they were helpful.", "I would hate to do it twice.", "Our go-live is on {day}."),
    asks=("Could you look over it before I press the button?", "What would you recommend?", "Is there a checklist for this?", "How have others done it?"),
    answers=(
        "Good that you ask first. Depots, then skills, then people, then customers; I attached our checklist.",
        "I had a look at your file: the postcodes lost their leading zero in the spreadsheet. I corrected it and attach the new one.",
        "The invitations were held by your mail filter. I sent them again from another address, please ask them to look in spam too.",
        "Depots first: a skill can be limited to depots, not the other way round. I attached our checklist with the rest of the order.",
        "There is a course of six short lessons in the academy, free for your people. I can also do a live hour with the three of them.",
        "For visits that repeat, pick 'Contract visit': it plans itself a month ahead. Shall I set up the first one with you on a call?",
    ),
    follow_ups=("That is gold, thank you. What is a service area, by the way?", "That worked for all but two of them.", "A call would be great. {day} after lunch?", "Done, and no error at all!"),
    resolutions=("A service area is the region that a depot covers; you can draw it on the map or list postcodes.", "Those two have a typo in the address, I marked them for you.", "Booked. You will get an invitation with the link.", "Wonderful. I will check in with you after the first week."),
    endings=("Clear now, thanks.", "See you then!", "Thanks for your patience with us.", "All in. We are live."),
    notes=("New customer, go-live {day}. First 90 days matter.",),
)  # fmt: skip

HOW_TO = Story(
    key="how_to",
    weight=12,
    mood="neutral",
    tags=("how-to",),
    subjects=("Move a whole day to someone else", "Changing the arrival message", "Who can see prices?", "Closing a depot for a day", "Report of hours per technician", "Reopening a completed job", "Paused or on hold?"),
    openers=(
        "How do I move a whole day of jobs from one technician to another? Someone called in sick.",
        "Where can I change the text of the arrival message?",
        "Can technicians see the prices on a work order, and can I turn that off?",
        "We close the {site} depot on {day}, how do I stop bookings for that day?",
        "I need the hours per technician for {month}, which report has that?",
        "A job was completed by accident, how can I open it again?",
        "What is the difference between 'paused' and 'on hold'?",
    ),
    details=("I looked in the settings and in the help centre.", "I am an admin, so it should not be about permissions.", "A colleague thinks that there used to be a button for it.", "It is not urgent.", "I am surely overlooking something."),
    asks=("Could you point me to it?", "Is that possible at all?", "Thanks in advance!", "What is the quickest way?"),
    answers=(
        "Select the day's header on the board, then 'Reassign all'. You can choose one person or let the board spread the jobs.",
        "That is under Settings, Messages, 'On the way'. You can use the placeholders for name and time in it.",
        "Prices follow the role: open Settings, Roles, Technician and untick 'See amounts'.",
        "Add a closed day to the depot's calendar; bookings move to the next open day and you get a list of them.",
        "Reports, Time, group by technician, and pick the month. It remembers your choice.",
        "Open the job, then the menu with the three dots, 'Reopen'. The technician gets it back in the app at once.",
        "'Paused' stops the clock for the technician; 'on hold' takes the job off the board until someone puts it back.",
    ),
    follow_ups=("Found it, thanks! Does it also tell the customers?", "I do not see that, maybe because of our plan?", "Brilliant, that is exactly it.", "And can that be undone?"),
    resolutions=("It does, if 'Tell customers about changes' is on.", "Ah, it is part of the Team plan and above. I turned it on for you to try until {day}.", "Glad to hear it. Anything else, just write.", "Yes, the same menu has 'Undo' for an hour."),
    endings=("Perfect, thank you!", "Good to know. You can close this.", "Super quick, thanks.", "Lovely."),
)  # fmt: skip

SECURITY = Story(
    key="security",
    weight=3,
    mood="neutral",
    team=1,
    tags=("security review", "VIP"),
    subjects=("Penetration test report", "Security questionnaire", "Where is our data stored?", "Data processing agreement"),
    openers=(
        "Our security team asks for your latest penetration test report before we roll out in {site}.",
        "Attached is our questionnaire with {count} questions; could you return it by {day}?",
        "Where exactly is our data stored, and who can read it?",
        "Legal needs a signed data processing agreement with the new list of subprocessors.",
    ),
    details=("We cannot add the other {seats} users before this is through.", "It is the usual procedure for every supplier.", "Our roll-out waits for it."),
    asks=("Who is the right person for this?", "Could you send it to me?", "Is there a trust page that we may share?"),
    answers=("I attached the report's summary; the full text is available under an agreement that I can send you.",
             "Our security colleague fills those in within five working days. I forwarded it today.",
             "Your data is in {region}, encrypted at rest; three people can reach it, each access is logged and reviewed.",
             "The agreement is attached, signed on our side, with the list of subprocessors as of this month."),
    follow_ups=("Thanks, forwarded. They ask about backups as well.", "That is enough, thank you.", "Understood. Please mind the date."),
    resolutions=("Backups are kept 35 days in a second location of the same region. I added the page to the folder.", "Good. Write to me directly if they ask for more.", "I will make sure it is with you before {day}."),
    endings=("Approved on our side. Thank you.", "All questions answered, thanks.", "Great, I will come back about the users."),
    notes=("Deal of {amount} hangs on this. Felix helps with the answers.",),
)  # fmt: skip

INTEGRATION = Story(
    key="integration",
    weight=6,
    mood="neutral",
    tags=("integrations", "invoicing"),
    subjects=("Invoices do not reach our accounting", "Webhook went quiet", "Calendar connection expired", "CRM sync is a day behind", "Mapping failed: tax code"),
    openers=(
        "Completed jobs have not reached our accounting since {day}.",
        "Our webhook for finished work orders has gone quiet, the last call came on {day}.",
        "The calendar connection shows 'expired' for {seats} of my people.",
        "Addresses that we change in the CRM arrive in Dispatch a day later.",
        "What does 'mapping failed: tax code' mean in the list of exports?",
    ),
    details=("Nothing was changed on our side as far as I know.", "There are {count} records in the queue.", "Order {order} is the first that is concerned.", "We noticed it only by chance."),
    asks=("Can you see what happens?", "Could you send the missing ones again?", "How do I reconnect it?", "Is there a limit that we ran into?"),
    answers=(
        "The export stopped at an invoice without a cost centre, everything behind it waits. I marked it for you; once it has one, the queue will empty itself.",
        "Your endpoint answered with a certificate error from {day} on, so we paused it after a hundred attempts. Once the chain is complete, press 'Resume'.",
        "The token of that connection ran out. Each person can renew it in their profile, or I can do it for all if you agree.",
        "Your CRM only tells us about changes once a night. There is a switch for 'immediately' in its own settings, I attached a picture.",
        "The tax code 'reduced' does not exist in your accounting. Map it under Settings, Invoicing and the exports will go on.",
    ),
    follow_ups=("Did that, and the first ones are coming in.", "Thanks, I would not have found that.", "Yes, please do.", "Could we get a mail next time this happens?"),
    resolutions=("Perfect. All {count} went through by now, I checked the last one by hand.", "You are welcome. It is on my list for the help page.", "Done. It is valid for a year now.", "There is one under Settings, Notifications; I switched it on for you."),
    endings=("Complete now, thank you.", "Great support as always.", "Thanks, solved."),
    notes=("Webhook paused by the breaker, no bug.",),
)  # fmt: skip

STORIES = (PRAISE, ONBOARDING, HOW_TO, SECURITY, INTEGRATION)
