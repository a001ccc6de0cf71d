"""The words that questions are made of, whatever the workspace. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from sonora.chat.interpreter.spans import Kind
from sonora.chat.interpreter.tokens import Token

Meaning = tuple[Kind, str]

_HOLDING = (
    "has|have|own|owns|owned|took|takes|has taken|handles|handled|is handling|picked up|has picked up|claimed"
    "|has claimed|assigned|is assigned|is assigned to|has been assigned|has been assigned to|is working on|works on"
    "|looks after|is looking after|is responsible for|feels responsible for"
)

LEVELS = {"high": "high", "medium": "medium", "low": "low", "no": "none"}


def _pairs(first: str, second: str) -> str:
    """Each of the phrases *first* with each of *second*."""
    return "|".join(f"{one} {other}" for one in first.split("|") for other in second.split("|"))


_WORDS: Mapping[Meaning, str] = {
    # Which kinds of name may follow; an exclamation mark: no other kind can be meant. A noun before a name says so too.
    (Kind.CUE, "tag!"): "tagged|tagged with|tagged as|with tag|with tags|with the tag|with the tags|labelled|labeled"
    "|labelled as|labeled as|labelled with|labeled with|carrying|carry the tag|carries the tag|have the tag"
    "|has the tag",
    (Kind.CUE, "teammate!"): "assigned to anyone|assigned to anybody|assigned to someone|assigned to somebody"
    "|assigned to|assigned|handled by|answered by|owned by|taken by|managed by|replied to by|picked up by"
    "|looked after by|taken care of by|dealt with by|worked on by|led by",
    (Kind.CUE, "teammate request"): "waiting for|waiting on",
    (Kind.CUE, "person!"): "user named|written by|sent by|opened by|started by",
    (Kind.CUE, "request!"): "asked for|ask for|asks for|asking for|requested|requesting|requests for|request for|want"
    "|wants|wanted|wanting|feature request for|feature requests for|wish for|wishes for|wishing for|needs|need",
    (Kind.CUE, "request"): "interested in|keen on|hoping for|hope for|hopes for",
    (Kind.CUE, "segment!"): "in segment|in tier|in the segment|in the tier|of segment|of tier",
    (Kind.CUE, "message tag!"): "message tag|message tags|message tagged|messages tagged",
    (Kind.CUE, "person tag!"): "person tag|contact tag|person tags|contact tags|user tag",
    (Kind.CUE, "company tag!"): "company tag|company tags|account tag|customer tag",
    (Kind.CUE, "text!"): "containing the word|containing the words|mentioning the word|mention the word"
    "|mentions the word|contain the word|contains the word|mention|mentions|mentioning|mentioned|that mention"
    "|containing|contain|contains|with the word|with the words|that say|saying|say|says|said|with the phrase"
    "|with the text|including the word|the word|the words|the phrase|the term"
    "|in which stands|where stands|where it says|in which it says",
    (Kind.CUE, "text"): "about|regarding|concerning|related to|talk about|talks about|talking about|writing about"
    "|wrote about|talked about|write about|say about|says about|said about|on the subject of|on the topic of"
    "|what people write about|what people talk about|what customers write about|what customers talk about"
    "|people say about|customers say about|people saying about|customers saying about|people think about"
    "|people think of|customers think about|customers think of|people said about|customers said about",
    (Kind.SENTIMENT_TEXT, "negative"): _pairs(
        "what are people|what are customers|what are users|what are our customers",
        "complaining about|unhappy about|unhappy with|upset about|angry about|frustrated with",
    )
    + "|"
    + _pairs("what do people|what do customers|what do users|what do our customers", "complain about|hate")
    + "|mad about|mad at|furious about|irritated by|fed up with|not happy with"
    "|not happy about|unsatisfied with|struggling with|hate|hates|complaining about|complained about"
    "|complain about|complains about|complaints about|unhappy with|unhappy about|angry about|upset about"
    "|frustrated with|frustrated about|frustrated by|dissatisfied with|annoyed by|annoyed about|disappointed with"
    "|disappointed by|disappointed about",
    (Kind.SENTIMENT_TEXT, "positive"): _pairs("what do people|what do customers|what do users", "love|praise")
    + "|love|loves|loving|thrilled with|thrilled about|glad about|excited about"
    "|enthusiastic about|praising|praise|praised|happy with|happy about|satisfied with|pleased with"
    "|delighted with|delighted by|pleased about",
    (Kind.CUE, "customer person"): "reported by|requested by|asked for by|made by|raised by|filed by|submitted by"
    "|sent in by|from|for|at",  # behind these a noun is not what is asked for
    (Kind.CUE, "person customer"): "of|did|does|has|have",
    (Kind.CUE, "person teammate customer"): "with|to",
    (Kind.CUE, "segment tag"): "in|on",
    (Kind.INTENT, "count"): "how much|how many|count|number of|the number of|what number of|total number of|total"
    "|count of|how often|how frequently|how many times|amount of|the amount of|tally",
    (Kind.SHARE, ""): "share|percentage|percent|proportion|ratio|fraction",
    (Kind.INTENT, "compare"): "compare|compared to|compared with|compare to|compare with|vs|versus|against|than"
    "|in comparison to|in comparison with|comparison of|difference between|differences between|comparison"
    "|change between|changed between|changes between|differ between",
    (Kind.INTENT, "changes"): "what changed|what has changed|what have changed|what is new|what new|what happened"
    "|what has happened|what is changed|what changes|anything new|any changes|any news|changes|news|what was new"
    "|catch me up|catch me up on|bring me up to speed on|update me on|an update on|give me an update on"
    "|what is different|what are the changes|what happening|what going on|what up|updates|any updates"
    "|latest updates|what is going on|what goes on|what is happening|what is up",
    (Kind.INTENT, "trend"): "over time|how is going|how goes|trend|trends|trending|trended|trend of|evolve|evolved"
    "|evolving|evolution"
    "|development|developed|develop|develops|developing|how has|how have|history of|timeline|going up|going down"
    "|go up|goes up|go down|goes down|went up|went down|gone up|gone down|up or down|on the rise|on the decline"
    "|rise|rises|rising|rose|falls|falling|fell|drops|dropped|dropping|grow|grows|growing|grew|increase|increases"
    "|increased|increasing|decrease|decreases|decreased|decreasing|decline|declines|declined|declining|improve"
    "|improves"
    "|improved|improving|worsen|worsens|worsened|worsening|getting better|getting worse|get better|get worse"
    "|got better|got worse|becoming better|becoming worse|getting happier|more frequent|less frequent"
    "|more frequently|less frequently|more common|less common|more often|less often|getting unhappier",
    (Kind.INTENT, "chart"): "chart|charts|graph|plot|chart of|graph of|plot of|line chart|line chart of",
    (Kind.RANK, "most"): "top|most|biggest|highest|largest|most often|most common|most frequent|most popular|rank"
    "|ranking|ranking of|ranked by|sorted by|ordered by|sort by|order by|by number of|by the number of|most used"
    "|most discussed|most mentioned|most talked about|most raised|most reported|most complained about"
    "|leading|busiest|most active|most requested|most wanted|most asked for",
    (Kind.RANK, "least"): "quietest|calmest|least|fewest|lowest|smallest|bottom|rarest|least often|least common"
    "|least used|least active",
    (Kind.RANK, "most negative"): "unhappiest|angriest|worst|worst sentiment|lowest sentiment|saddest",
    (Kind.RANK, "most positive"): "happiest|best|best sentiment|highest sentiment",
    (Kind.RANK, "newest"): "the last time|last time|newest first|latest first|most recent first|last|newest|latest"
    "|most recent|most recently|last updated|recently updated|recent|recently",
    (Kind.RANK, "oldest"): "the first time|first time|first|oldest first|earliest first|longest|oldest|earliest"
    "|most old",
    (Kind.EVERY, "day"): "per day|daily|by day|each day|every day|day by day|a day",
    (Kind.EVERY, "week"): "per week|weekly|by week|each week|every week|week by week|a week",
    (Kind.EVERY, "month"): "per month|monthly|by month|each month|every month|month by month|a month",
    (Kind.EVERY, "quarter"): "per quarter|quarterly|by quarter|each quarter|every quarter",
    (Kind.BY, ""): "by|per|for each|has every|have every|does every|did every|grouped by|group by|broken down by"
    "|split by|for every|breakdown by|each",
    (Kind.NOUN, "conversations"): "contact with|issue|issues|problem|problems|conversation|conversations|ticket"
    "|tickets|chat|chats"
    "|thread|threads|convo|convos|case|cases|report|reports|queue|inbox|discussion|discussions|enquiry|enquiries"
    "|inquiry|inquiries",
    (Kind.NOUN, "customers"): "business|businesses|organisation|organisations|organization|organizations|firm|firms"
    "|customer|customers|company|companies|account|accounts|client|clients",
    (Kind.NOUN, "people"): "stakeholder|stakeholders|folks|individuals|people|peoples|person|persons|contact|contacts"
    "|somebody|someone|anyone|anybody|everyone|everybody|user|users",
    (Kind.NOUN, "requests"): "suggestion|suggestions|request|requests|feature request|feature requests|feature"
    "|features|requested feature|requested features|wish|wishes|idea|ideas",
    (Kind.NOUN, "tags"): "reason|reasons|contact reason|contact reasons|subject|subjects|topic|topics|theme|themes"
    "|category"
    "|categories|tag|tags|label|labels",
    (Kind.NOUN, "teammates"): "who is responsible for|who is in charge of|who looks after|who takes care of"
    "|who works on|who is working on|who owns|owner|owners|rep|reps|staff member|staff members|support agent"
    "|support agents|who handled|who handles|who is handling|who answered|who answers|who replied|who replies"
    "|on our team|in our team|on my team|on the team|who on our team|who in our team|who on the team"
    "|who in the team|who of us|which of us|teammate|teammates|agent|agents|colleague|colleagues|assignee"
    "|assignees|admin|admins|team member|team members",
    (
        Kind.NOUN,
        "segments",
    ): "customer segment|customer segments|customer tier|customer tiers|segment|segments|tier|tiers|plan|plans",
    (Kind.NOUN, "days"): "day|days",
    (Kind.NOUN, "weeks"): "week|weeks",
    (Kind.NOUN, "months"): "month|months",
    (Kind.NOUN, "quarters"): "quarter|quarters",
    (Kind.NOUN, "states"): "state|states|status|statuses",
    (Kind.NOUN, "sentiment"): "sentiment|sentiments|mood|moods|feeling|feel|feels|satisfaction|feelings|happier"
    "|unhappier|angrier",
    (Kind.STATE, "open"): "open|left open",
    (Kind.STATE, "open snoozed"): "unresolved|unsolved|unclosed|not yet closed|not yet resolved|not yet solved",
    (Kind.STATE, "closed"): "close|closes|solve|solves|resolve|resolves|closed|resolved|solved",
    (Kind.STATE, "snoozed"): "snoozed|on hold|put on hold|parked",
    (Kind.SENTIMENT, "negative"): "mad|furious|irritated|livid|fed up|unsatisfied|discontent|not happy|not satisfied"
    "|negative|unhappy|angry|upset|frustrated|dissatisfied|annoyed|negatively|disappointed|negative sentiment"
    "|bad sentiment|complaining|complained|complain|complains|complaints|complaint|complainer|complainers",
    (Kind.SENTIMENT, "positive"): "glad|thrilled|enthusiastic|excited|praise|praises|praised|praising|positive|happy"
    "|satisfied|pleased|delighted|positively|positive sentiment|good sentiment",
    (Kind.SENTIMENT, "unsure"): "unsure|unclear sentiment",
    (Kind.SENTIMENT, "none"): "not enough text to judge the sentiment|not enough text to judge|not enough text"
    "|too little text|without sentiment|without a sentiment|with no sentiment|no sentiment|sentiment none",
    (Kind.SENTIMENT, "neutral"): "neutral|neutral sentiment",
    (Kind.SENTIMENT, "mixed"): "mixed feelings|mixed|mixed sentiment",
    (Kind.UNASKABLE, ""): "by day of week|by day of the week|by weekday|by hour|by hour of day|by time of day"
    "|assigned to me|assigned on me|how long|how fast|how quickly|how soon|since when|without answer"
    "|nobody answered|nobody has answered|no one answered|no one has answered|nobody replied to|no one replied to"
    "|without an answer|without any answer|without reply|without a reply|only one|only once|this morning"
    "|for a day|for a week|for a month|for a year|for days|for weeks|for months|this afternoon|this evening"
    "|tonight|last night|yesterday morning|yesterday evening",
    (Kind.ROLE, "user"): "role user",
    (Kind.ROLE, "lead"): "lead|leads|role lead",
    **{
        (Kind.ENGAGEMENT, f"{level} {other_level}"): _pairs(f"{one} or|{one} and", f"{other} engagement")
        for (one, level), (other, other_level) in permutations(LEVELS.items(), 2)
    },
    (Kind.ENGAGEMENT, "high"): "highly engaged|very engaged|high engagement|strongly engaged",
    (Kind.ENGAGEMENT, "medium"): "medium engagement|moderately engaged|somewhat engaged",
    (Kind.ENGAGEMENT, "low"): "low engagement|barely engaged|hardly engaged|little engaged",
    (Kind.ENGAGEMENT, "none"): "no engagement|not engaged|without engagement|disengaged",
    (Kind.CHAMPION, "yes"): "champion|champions|our champions|advocate|advocates",
    (Kind.RHYTHM, "active"): "still active|are active|is active|still writing",
    (Kind.RHYTHM, "quiet"): "quiet|silent|gone quiet|went quiet|go quiet|going quiet|gone silent|went silent"
    "|gone dark|went dark|fell silent|fallen silent|turned silent|have gone quiet|has gone quiet|stopped writing"
    "|stopped talking|stopped writing to us|stopped talking to us|inactive|became quiet|become quiet"
    "|became inactive",
    (Kind.RHYTHM, "left"): "left|have left|has left|left us|departed|no longer there|not there any more",
    (Kind.UNTAGGED, ""): "untagged|not tagged at all|tagged with nothing|"
    + _pairs("nobody|no one|noone", "tagged|has tagged"),
    (Kind.DATED, "opened"): "arrive|arrives|arriving|reached us|reach us|opened|created|started|came in|come in"
    "|coming in|new|arrived|received|first asked|did we get|we got|have we had|we received|get in",
    (Kind.DATED, "updated"): "updated|last updated in|touched|last changed",
    (Kind.UNASSIGNED, ""): "unassigned|or nobody|or no one|or noone|no owner|not picked up|not yet assigned|"
    + _pairs("nobody|no one|noone|no teammate|no agent|none of us", _HOLDING)
    + "|"
    + _pairs("assigned to|owned by|handled by", "nobody|no one|noone"),
    (Kind.UNMATCHED, ""): "unmatched|without a customer|without customer|with no customer|of no customer|no customer"
    "|unknown customer|unknown customers|unknown company|unknown companies",
    (Kind.NOT, ""): "not|non|not yet|not currently|but not yet|no longer|not been|hasn't been|haven't been|dont"
    "|doesnt|isnt|arent|wasnt|didnt|hasnt|havent|dont have|doesnt have|all but|anything but|everything but"
    "|any but|but without|without|lack|lacks|lacking|missing|no|except|excluding|except for|other than|but not"
    "|isn't|aren't|wasn't|weren't|don't have|doesn't have|do not have|does not have|never|don't|doesn't|didn't"
    "|hasn't|haven't|excludes|exclude|not with|who are not|minus|none of|not in|neither|nor",
    (Kind.AND, ""): "and|&|as well as|and also|plus|together with",
    (Kind.OR, ""): "or|and/or",
    (Kind.COMMA, ""): ",",
    (Kind.THRESHOLD, ""): "more than|less than|fewer than|at least|at most|over|under|exactly",
    (
        Kind.ASKING,
        "list",
    ): "when|which|what|show|show me|list|give|give me|find|display|get|see|tell me|search for|search"
    "|i want to see|look for|what are|which are|what is|pull up",
    (Kind.ASKING, "who"): "who|whom|who is|who are|who was|who were|who has|who have|whose",
    (Kind.NOTHING, ""): "isn't it|wasn't it|aren't they|weren't they|haven't they|don't they|right|a|an|the|is|are"
    "|was|were|be|been|being|do|had|that|there|me|us|our|we|i|my|you|your|please|can|could|would|will|shall"
    "|should|it|its|they|their|theirs|them|this|these|those|still|currently|now|ever|some|all|any|every|one|ones"
    "|everything|anything|just|so|then|too|also|only|where|how|as|if|ok|okay|hi|hello|hey|thanks|thank you"
    "|right now|at the moment|at all|out of|into|during|within|through|whole|know|let|contacted us|contact us"
    "|reached out|wrote to us|wrote in|talked to us|talk to us|wrote|write|writes|writing|do we have|we have"
    "|have we|did we|we have had|got in touch|written|again|exist|exists|there are|are there|is there|were there"
    "|was there|belong to|belongs to|belonging to|changed|more|both|either|any of|one of|i want to know"
    "|want to know|i need|we need|need to see|i want|compared|what about|how about|up|since|between|each other"
    "|talk|talks|talked|talking|things|thing|unique|distinct|asked|better|worse|so far|come up|comes up|came up"
    "|come|volume|counts|figures|numbers|statistics|feedback|but|having|overall|are left|is left|left over"
    "|left to do|use|uses|used|using|appear|appears|applied|number|amount|answer|answered|handled|handle|handles"
    "|handling|taken|assigned|our team|looking|getting|hear|heard|become|becoming|became|of all time|all time"
    "|nothing but|together|working|working on|among|amongst|stuff|else|other|overview|overview of|reported"
    "|reporting|sort|carry|carries|carried|yet|already|behind|make|makes|made|came|comes|ask|asks|asking|question"
    "|questions|fewer|less|submit|submitted|filed|logged|appear in|appears in|breakdown|breakdown of|distribution"
    "|distribution of|split|i'd like|i'd like to|i'd like to know|i'd like to see|i'd love to|i would like"
    "|i would like to|would like to|i wonder|wondering|i was wondering|help me find|fetch|pull|bring up|look up"
    "|print|return|check|pls|plz|kindly|quickly|quick|really|actually|maybe|u|names|names of|the names of|going"
    "|raised|raise|raises|raising|break down|broken down|visualise|visualize|draw|bar chart|bar chart of"
    "|in a table|as a table|as a list|in a chart|as a chart|cheers|dear"
    "|in this moment|at this moment|in the moment|at present|as of now|got|excuse me|sorry|good morning"
    "|good afternoon|good evening|hi there|hello there|many thanks|thank you very much"
    "|if possible|for me|to me|would you|could you please|can you please|hi team|hey there",
}


def at(tokens: Sequence[Token], place: int) -> tuple[Meaning, int] | None:
    """What the longest phrase that begins at token *place* means, and the token after it."""
    for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
        words = tokens[place : place + length]
        if any(token.is_quoted for token in words):
            continue
        if meaning := _TABLE.get(" ".join(token.key for token in words)):
            return meaning, place + length
    return None


def known() -> Iterator[str]:
    """Every phrase."""
    return iter(_TABLE)


def is_known(word: str) -> bool:
    """Whether *word*, a token's key, is a phrase by itself."""
    return word in _TABLE


def _phrases() -> Iterator[tuple[str, Meaning]]:
    for meaning, phrases in _WORDS.items():
        for phrase in phrases.split("|"):
            yield phrase, meaning


_TABLE: dict[str, Meaning] = {}
for _phrase, _meaning in _phrases():
    _TABLE.setdefault(_phrase, _meaning)
_LONGEST = max(phrase.count(" ") + 1 for phrase in _TABLE)
