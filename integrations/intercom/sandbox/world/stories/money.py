# ruff: noqa: E501  a sentence stays on one line
"""Invoices, refunds and customers who think of leaving."""

from integrations.intercom.sandbox.world.stories.story import Story

BILLING = Story(
    key="billing", weight=9, mood="neutral", team=2, tags=("billing",),
    subjects=("Charged twice this month", "Invoice {order}: number of seats", "VAT number missing on invoice {order}", "Change our billing address",
              "Add-on still on the bill", "Paying by bank transfer"),
    openers=(
        "We were charged twice for {month}, once on the 1st and once on the 3rd.",
        "Invoice {order} shows more seats than the {seats} people we have in the system.",
        "Our accounting needs the VAT number on invoice {order}, it is missing.",
        "We have moved, could you put our new address on the invoices from now on?",
        "I cancelled the add-on for text messages in {month} and it is still on the bill.",
        "Is it possible to pay by bank transfer instead of card?",
    ),
    details=("It is about {amount}.", "Our year closes on {day}, hence the hurry.", "The finance address is the right contact for this.",
             "I could not find it in the settings, there is only the plan page."),
    asks=("Could you sort this out, please?", "Who can change this for us?", "Can you confirm that it will be right next month?", "How does this work?", "A short note would be nice."),
    answers=(
        "You are right, the second payment was taken by mistake. I have refunded {amount}; it takes three to five days to arrive.",
        "The rest of those seats belong to people who were deactivated after the billing day. I will credit them on the next invoice.",
        "A corrected invoice is attached, with the VAT number where it belongs.",
        "I changed the address in your account. Shall I also issue the last invoice again?",
        "The add-on ended in our system, but not with the payment provider. It is gone now and {amount} are on their way back to you.",
        "Yes, from the Business plan up you can pay by transfer. I will switch it over for the next period.",
    ),
    follow_ups=("Nothing has shown up yet, could you check?", "Thanks. Could the invoices go to our accounting address as well?", "Thank you, that is right. Please keep it like that.", "Good, and will that hold for the next invoice too?"),
    resolutions=("I checked: it is on its way, reference {order}. Give it until {day}, please.", "Done, both addresses get a copy from now on.", "We will. You will find every invoice under Settings, Billing.", "It will, I wrote it into your account."),
    endings=("Received, thank you.", "Perfect, that is all I needed.", "Thanks for sorting it out.", "Great, closing this on our side."),
    notes=("Approved by Dana.", "Seat count comes from the nightly job, see BIL-{order}."),
)  # fmt: skip

CHURN = Story(
    key="churn",
    weight=6,
    mood="bad",
    team=1,
    priority="high",
    tags=("churn risk", "escalated"),
    subjects=("Not renewing in {month}?", "We are reconsidering Northwind", "Disappointed after {years} years", "My team wants to leave", "Cancelling at the end of the term", "Price increase of {percent} percent"),
    openers=(
        "I want to know our notice period, because as things stand we will not renew in {month}.",
        "We have started to look at two other products and I would rather tell you openly.",
        "After {years} years with you I am running out of reasons to stay.",
        "My team voted last week, and most of them want to go back to what we had before Northwind.",
        "Please cancel our subscription at the end of the current term.",
        "The price went up by {percent} percent and the product got slower, explain that to my board.",
    ),
    details=(
        "Every month there is something: first the sync, then the reports, now the board.",
        "Support answers politely and nothing changes.",
        "We pay {amount} a year and still keep a spreadsheet beside it.",
        "Nobody has called us since the sale.",
        "The planners in {site} have stopped using it altogether.",
        "A competitor offered us the same for a third less.",
    ),
    asks=("What would you do to keep us?", "Tell me how to get our data out.", "I expect a call from someone who can decide.", "Please confirm the cancellation in writing."),
    answers=(
        "Thank you for saying it so plainly. I would like to bring our head of support and go through the three points with you; does {day} suit you?",
        "I am sorry it came to this. I read your last five conversations this morning and I see a pattern that we should have seen earlier.",
        "Your term ends in {month}, notice is 30 days. Before you decide, may I show you what has changed for the board's speed?",
        "I understand. An export of everything is under Settings, Data; I have also asked for a person to own your account from today.",
    ),
    follow_ups=("Fine, one call. But bring facts.", "With respect, we have heard that before.", "The speed is better, I grant you that. The price is not.", "We will decide by {day}."),
    resolutions=("Thank you for the call. You have my summary and the new price in your inbox, valid until {day}.", "I noted the cancellation for the end of the term and will not press you. The door stays open.", "As agreed: a monthly review, a fixed contact and the old price for a year."),
    endings=("We will give it three more months.", "Thank you, but our decision stands.", "Good talk. Let us see whether it lasts.", "Noted. Please send the confirmation to our office as well."),
    notes=("Health red. Champion left in {month}, new director came from a competitor's customer.", "Offer up to 15 %, not more. Grace owns this.", "Do not send the usual survey."),
)  # fmt: skip

STORIES = (BILLING, CHURN)
