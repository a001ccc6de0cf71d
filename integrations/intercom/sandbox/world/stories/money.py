"""Invoices, refunds and customers who think of leaving."""

from integrations.intercom.sandbox.world.stories.story import Story

BILLING = Story(
    key="billing",
    weight=9,
    mood="neutral",
    team=2,
    tags=("billing",),
    subjects=("Invoice {order}", "Charged twice this month", "VAT number missing on invoice", "Change our billing address", "Question about seats on the invoice"),
    openers=(
        "We were charged twice for {month}, once on the 1st and once on the 3rd.",
        "Invoice {order} shows {count} seats, but we only have {seats} people in the system.",
        "Our accounting needs the VAT number on invoice {order}, it is missing.",
        "We have moved, could you put our new address on the invoices from now on?",
        "I cancelled the add-on for text messages in {month} and it is still on the bill.",
        "Is it possible to pay by bank transfer instead of card?",
    ),
    details=(
        "The amount is {amount}, the card ends in 4242.",
        "I attached both receipts.",
        "Our year closes on {day}, hence the hurry.",
        "The finance address is the right contact for this.",
        "I could not find it in the settings, there is only the plan page.",
    ),
    asks=("Please refund the second payment.", "Could you send a corrected invoice?", "Who can change this for us?", "Can you confirm that it will be right next month?", "How does this work?"),
    answers=(
        "You are right, the second payment was taken by mistake. I have refunded {amount}; it takes three to five days to arrive.",
        "Five of those seats belong to people who were deactivated after the billing day. I will credit them on the next invoice.",
        "A corrected invoice is attached, with the VAT number and the new address.",
        "Yes, from the Business plan up we can invoice you. I will switch it over for the next period.",
    ),
    follow_ups=("The refund has not shown up yet, could you check?", "Thanks. One more thing: could the invoices go to our accounting address as well?", "Thank you, that is the right one. Please keep it like that.", "And the add-on, is that gone too?"),
    resolutions=("All set. You will find every invoice under Settings, Billing.", "Done, both addresses get a copy from now on.", "The bank confirmed the refund today, reference {order}."),
    endings=("Received, thank you.", "Perfect, that is all I needed.", "Thanks for sorting it out.", "Great, closing this on our side."),
    notes=("Refund approved by Dana.", "Seat count comes from the nightly job, see BIL-{order}."),
)  # fmt: skip

CHURN = Story(
    key="churn",
    weight=6,
    mood="bad",
    team=1,
    priority="high",
    tags=("churn risk", "escalated"),
    subjects=("Cancelling at the end of the term", "We are reconsidering Northwind", "Not renewing in {month}?", "Export all our data", "Disappointed"),
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
