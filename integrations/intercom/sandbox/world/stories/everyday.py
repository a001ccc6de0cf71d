"""Praise, first steps, how-to questions, security reviews, integrations."""

from integrations.intercom.sandbox.world.stories.story import Story

PRAISE = Story(
    key="praise",
    weight=9,
    mood="good",
    tags=("praise",),
    subjects=("Thank you!", "The new board is a joy", "Kudos to {teammate}", "Small compliment", "Just wanted to say this"),
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
    answers=(
        "You have just made our week. I am reading this out in the stand-up.",
        "Thank you so much! I passed it on to {teammate}, who is blushing.",
        "That is wonderful to hear. May our marketing colleague get in touch about a short story?",
    ),
    follow_ups=("Sure, gladly.", "Of course. Well deserved.", "Any time!", "Happy to. Just not in the first week of {month}."),
    resolutions=("Lovely, you will hear from us. Have a great week!", "Thanks again, it means a lot.", "Great, I will connect you by e-mail."),
    endings=("You too!", "Looking forward to it.", "Thanks, bye!"),
    notes=("Ask for a reference before the renewal.",),
)  # fmt: skip

ONBOARDING = Story(
    key="onboarding",
    weight=8,
    mood="neutral",
    team=1,
    tags=("onboarding",),
    subjects=("Importing our customers", "Getting started: depots and skills", "Training for new dispatchers", "Go-live on {day}", "Inviting technicians"),
    openers=(
        "We start with the {site} depot on {day} and I want to be sure that I import things in the right order.",
        "Our list of {count} customers is in a spreadsheet, what is the best way to bring it in?",
        "I invited {seats} technicians yesterday and half of them say they got no mail.",
        "Do depots need to exist before skills, or the other way round?",
        "Three new dispatchers join in {month}; is there a training they could take on their own?",
        "I am setting up recurring maintenance visits and I am not sure which template to pick.",
    ),
    details=("The file has columns for address, contract and equipment.", "We come from a paper calendar, so please be patient with us.", "I watched the first two videos, they were helpful.", "The import preview shows {count} warnings about postcodes.", "Some of them use private addresses, maybe that matters."),
    asks=("Could you look over it before I press the button?", "What would you recommend?", "Is there a checklist for this?", "How have others done it?"),
    answers=(
        "Good that you ask first. Depots, then skills, then people, then customers; I attached our checklist.",
        "I had a look at your file: the postcodes lost their leading zero in the spreadsheet. I corrected it and attach the new one.",
        "The invitations were held by your mail filter. I sent them again from another address, please ask them to look in spam too.",
        "For visits that repeat, pick 'Contract visit': it plans itself a month ahead. Shall I set up the first one with you on a call?",
    ),
    follow_ups=("The checklist is gold, thank you. Step 4 confuses me a little, what is a service area?", "That worked for all but two of them.", "A call would be great. {day} after lunch?", "Imported! {count} customers, no error."),
    resolutions=("A service area is the region that a depot covers; you can draw it on the map or list postcodes.", "Booked. You will get an invitation with the link.", "Wonderful. I will check in with you after the first week."),
    endings=("Clear now, thanks.", "See you then!", "Thanks for your patience with us.", "All in. We are live."),
    notes=("New customer, go-live {day}. First 90 days matter.",),
)  # fmt: skip

HOW_TO = Story(
    key="how_to",
    weight=12,
    mood="neutral",
    tags=("how-to",),
    subjects=("How do I move a whole day?", "Changing the arrival message", "Who can see prices?", "Closing a depot for a holiday", "Report per technician", "Reopening a completed job"),
    openers=(
        "How do I move a whole day of jobs from one technician to another? Someone called in sick.",
        "Where can I change the text of the arrival message?",
        "Can technicians see the prices on a work order, and can I turn that off?",
        "We close the {site} depot on {day}, how do I stop bookings for that day?",
        "I need the hours per technician for {month}, which report has that?",
        "A job was completed by accident, how can I open it again?",
        "What is the difference between 'paused' and 'on hold'?",
    ),
    details=("I looked in the settings and in the help centre.", "There are {count} jobs affected, so doing it one by one is no fun.", "I am an admin, so it should not be about permissions.", "A colleague thinks that there used to be a button for it.", "It is not urgent."),
    asks=("Could you point me to it?", "Is that possible at all?", "Thanks in advance!", "What is the quickest way?"),
    answers=(
        "Select the day's header on the board, then 'Reassign all'. You can choose one person or let the board spread the jobs.",
        "That is under Settings, Messages, 'On the way'. You can use {{{{name}}}} and {{{{time}}}} in it.",
        "Prices follow the role: open Settings, Roles, Technician and untick 'See amounts'.",
        "Add a closed day to the depot's calendar; bookings move to the next open day and you get a list of them.",
        "Reports, Time, group by technician, and pick the month. It remembers your choice.",
    ),
    follow_ups=("Found it, thanks! Does it also tell the customers?", "I do not see that button, maybe because of our plan?", "Brilliant, that is exactly it.", "And can that be undone?"),
    resolutions=("It does, if 'Tell customers about changes' is on.", "Ah, it is part of the Team plan and above. I turned it on for you to try until {day}.", "Yes, the same menu has 'Undo' for an hour."),
    endings=("Perfect, thank you!", "Good to know. You can close this.", "Super quick, thanks.", "Lovely."),
)  # fmt: skip

SECURITY = Story(
    key="security",
    weight=3,
    mood="neutral",
    team=1,
    tags=("security review", "VIP"),
    subjects=("Security questionnaire", "Data processing agreement", "Where is our data stored?", "Penetration test report"),
    openers=(
        "Our security team asks for your latest penetration test report before we roll out in {site}.",
        "Attached is our questionnaire with {count} questions; could you return it by {day}?",
        "Where exactly is our data stored, and who can read it?",
        "Legal needs a signed data processing agreement with the new list of subprocessors.",
    ),
    details=("We cannot add the other {seats} users before this is through.", "It is the usual procedure for every supplier.", "A certificate instead of the answers is fine too.", "Questions 12 to 20 are the ones that matter."),
    asks=("Who is the right person for this?", "Could you send it to me?", "Is there a trust page that we may share?"),
    answers=("I attached the report's summary; the full text is available under an agreement that I can send you.", "Our security colleague fills those in within five working days. I forwarded it today.", "Your data is in {region}, encrypted at rest; three people can reach it, each access is logged and reviewed."),
    follow_ups=("Thanks, forwarded. They ask about backups as well.", "The summary is enough, thank you.", "Understood. Please mind the date."),
    resolutions=("Backups are kept 35 days in a second location of the same region. I added the page to the folder.", "Signed and attached.", "Returned today, {count} answers, two with a comment."),
    endings=("Approved on our side. Thank you.", "All questions answered, thanks.", "Great, I will come back about the users."),
    notes=("Deal of {amount} hangs on this. Felix helps with the answers.",),
)  # fmt: skip

INTEGRATION = Story(
    key="integration",
    weight=6,
    mood="neutral",
    tags=("integrations", "invoicing"),
    subjects=("Invoices do not reach our accounting", "Webhook stopped", "Calendar connection", "CRM sync is behind"),
    openers=(
        "Completed jobs have not reached our accounting since {day}.",
        "Our webhook for finished work orders has gone quiet, the last call came on {day}.",
        "The calendar connection shows 'expired' for {seats} of my people.",
        "Addresses that we change in the CRM arrive in Dispatch a day later.",
        "What does 'mapping failed: tax code' mean in the list of exports?",
    ),
    details=("Nothing was changed on our side as far as I know.", "There are {count} records in the queue.", "The log on our server shows no request at all.", "Order {order} is the first that is missing.", "We did get a new certificate last week, in case it matters."),
    asks=("Can you see what happens?", "Could you send the missing ones again?", "How do I reconnect it?", "Is there a limit that we ran into?"),
    answers=(
        "Your endpoint answered with a certificate error from {day} on, so we paused it after a hundred attempts. Once the chain is complete, press 'Resume'.",
        "The tax code 'reduced' does not exist in your accounting. Map it under Settings, Invoicing and the queue will empty itself.",
        "The token of that connection expired. Each person can renew it in their profile, or I can do it for all if you agree.",
    ),
    follow_ups=("Certificate fixed and resumed, the first calls are coming in.", "Mapped, and the queue is shrinking. Thanks.", "Yes, please do it for all.", "Could we get a mail next time this happens? We noticed by chance."),
    resolutions=("All {count} were delivered, I checked the last one by hand.", "Renewed for everyone. It is valid for a year now.", "Alerts are under Settings, Notifications; I switched on the one for paused hooks."),
    endings=("Complete now, thank you.", "Great support as always.", "Thanks, solved."),
    notes=("Webhook paused by the breaker, no bug.",),
)  # fmt: skip

STORIES = (PRAISE, ONBOARDING, HOW_TO, SECURITY, INTEGRATION)
