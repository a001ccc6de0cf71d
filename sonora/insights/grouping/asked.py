"""What a request asks for, without the words of asking: "It would be great if you could add X" is about X."""

import re
from collections.abc import Iterable

LONGEST = 1_000  # characters that are looked at
MOST_FRAMES = 12  # one within the other

NICE = (
    "(?:great|nice|good|cool|awesome|amazing|useful|helpful|handy|lovely|perfect|fantastic|better|ideal|super|huge|neat"
    "|brilliant|wonderful|excellent|appreciated|welcome|sweet|convenient|needed|a game changer|a lifesaver|a big help"
    "|a must)"
)
VERY = "(?: (?:really|very|super|so|extremely|also|just|absolutely|much|even|all|definitely|especially|a))*"
ADD = (
    "(?:add|implement|introduce|include|offer|provide|support|build|make|create|bring|have|give (?:us|me)"
    "|consider(?: adding)?)"
)
MODAL = "(?:could|can|would|will|should|might|may)"
WOULD = "(?: would|['’]d| might| could)"
THAT = "(?: (?:if|that|when|to have|to see|to be able to|to get|to))?"
HAVE = "(?: (?:to|it if|if|for|that|there (?:was|were)))?(?: (?:see|have|be able to|get))?"
START = "(?:roll|buy|sign|go|use|move|switch|renew|start)"  # what waits for a thing that is asked for

# Blanks are single ones; each stands at the beginning of what is left, and ends with a word.
BEFORE = [
    "(?:hi|hello|hey|dear)(?: (?:there|all|team|everyone|support|guys))*",
    (
        "(?:my )?(?:feature request|feature idea|suggestion|idea|request|wish|feedback|question|enhancement)"
        "(?: for (?:your|the) roadmap)? ?[:–-]"
    ),
    r"\+1 (?:for|on|to)|upvote for|(?:put in )?(?:a|another|one more) vote for",
    "please|pls|plz|kindly|maybe|also|and|so|just|ideally|hopefully|honestly|not a complaint, but",
    "one thing(?: that is missing(?: for (?:us|me))?(?: is)?)?",
    rf"(?:it|that|this)(?:{WOULD}| will){VERY} be{VERY} {NICE}(?: for (?:us|me|our team|everyone))?{THAT}",
    rf"would{VERY} be{VERY} {NICE}{THAT}",
    rf"(?:it|that){WOULD}{VERY} help(?: (?:us|me|our team))?(?: a lot)?{THAT}",
    "(?:is|are) (?:it|there) (?:possible|any way|a way|any chance|an? option|any plans?)(?: (?:to|for|that|of))?",
    "(?:(?:would|will) it|(?:it|this) should) be possible(?: (?:to|for))?",
    "(?:any|are there(?: any)?) (?:plans?|chance|way|news)(?: (?:for|to|of|on|that))?",
    "when will(?: there be)?|will there be|is there(?: going to be)?",
    "how about|what about|why not|why can['’]t|why isn['’]t there",
    rf"(?:i|we|(?:our|my) \w+){WOULD}{VERY} (?:love|like|appreciate|prefer|want|need){HAVE}",
    rf"would{VERY} (?:love|like){HAVE}",
    rf"(?:i|we){VERY} (?:need|want|wish|miss|require|hope|suggest|propose|are (?:missing|looking for)){HAVE}",
    rf"(?:i|we|you|u)(?: guys)? {MODAL}(?: (?:please|also|maybe))*",
    rf"{MODAL} (?:you|we|i|u|it|there)(?: (?:guys|please|also|maybe|be))*",
    r"(?:let|allow|enable) (?:me|us|users|people|everyone|our \w+|admins|customers)(?: to)?",
    rf"{ADD}(?: (?:support|an? option|an? way|the (?:option|ability|possibility|feature)))?(?: (?:for|to|of))?",
    r"why (?:can(?:['’]t|not) (?:i|we)(?: still)?|can (?:i|we)(?: still)? not)",
    "your competitors? (?:lets?|allows?) us(?: to)?",
    "how hard would it be(?: to)?|are you ever going to|what (?:keeps|stops) you from",
    r"for (?:our|my) (?:\w+ ){1,2}it is a must to",
    rf"(?:i|we) can(?:['’]t|not) {START}\b[^,.;:!?]{{0,60}}? without(?! \w+ing\b)",
    "adding|offering|having|support for|if|to|an?|the|some|(?:your|the) app",
    "(?:an?|the|some) (?:way|option|possibility|ability|feature|setting|function) (?:to|for|of|that|which)",
    "(?:the )?(?:ability|option|possibility) (?:to|of)|be(?:ing)? able to|able to",
    "there (?:was|were|should be|needs to be)",
]
AFTER = [
    rf"(?:would|could|might|['’]d|will){VERY} (?:be{VERY} {NICE}|help(?: (?:us|me|a lot|our team|everyone))*)",
    "would (?:(?:save|have saved) (?:us|me).{0,40}|open up a lot.{0,20}|suit us)",
    "would (?:make (?:my|our) (?:life|lives|work) .{0,40}|be a (?:(?:real|huge) )?(?:step forward|blessing|relief))",
    "is the (?:one|only|biggest|number one) (?:thing|request|reason).{0,60}",
    "(?:otherwise|and honestly|before (?:our|my)) .{3,80}|without asking you every time",
    "please|pls|plz|thanks|thank you|thx|asap|some day|one day|soon|somehow|too|as well|in the future",
    "(?:for|in) the next release",
    "(?:on|in) (?:the|your) roadmap|is (?:needed|missing|a must)|coming|planned|when",
]


def _any_of(frames: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(frames, key=len, reverse=True)) + ")"


_BEFORE = re.compile(rf"{_any_of(BEFORE)}(?=[ ,.:;!?]|$)[ ,.:;!?–-]*", re.IGNORECASE)
_AFTER = re.compile(rf"(?<=[ ,.:;!?–-]){_any_of(AFTER)}[ ,.:;!?–-]*\Z", re.IGNORECASE)
SIGNS = " ,.:;!?–-"
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def asked(text: str) -> str:
    """The part of *text* that names the thing asked for; all of it when nothing else would be left."""
    whole = " ".join(text[:LONGEST].split())
    shorter = whole
    for _ in range(MOST_FRAMES):
        before, shorter = shorter, _without_frame(shorter)
        if shorter == before:
            break
    return shorter.strip(SIGNS) if any(letter.isalnum() for letter in shorter) else whole


def asking_sentence(text: str) -> str:
    """The sentence of *text* from which `asked` takes the most words away; all of it when it has none."""
    sentences = [sentence for sentence in SENTENCE.split(text.strip()[:LONGEST]) if sentence.strip()]
    return max(sentences, key=lambda one: len(" ".join(one.split())) - len(asked(one)), default=text)


def _without_frame(text: str) -> str:
    begun = _BEFORE.match(text)
    text = text[begun.end() :] if begun else text
    ended = _AFTER.search(text)
    return text[: ended.start()] if ended else text
