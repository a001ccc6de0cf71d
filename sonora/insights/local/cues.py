"""Signs of an ask, a plain question, an order and a feeling that stand in a text's own words."""

import re

_VERB = "add|include|implement|support|offer|allow|enable|introduce|provide|integrate|build|bring"
_NICE = (
    "nice|great|good|cool|awesome|amazing|useful|helpful|handy|lovely|perfect|fantastic|better|convenient|beneficial"
)

_CUES = {
    "would be nice": rf"\b(?:would|'d|wud|wld|might) (?:also |really |even )*be (?:\w+ )?(?:{_NICE})\b",
    "nice if": rf"\b(?:{_NICE})(?: \w+)? (?:if|to have|to be able|to see|to get)\b",
    "wish": r"\b(?:(?:i|we|just|only|really|so) wish|(?<!.)wish|if only|wishlist|wish list)\b",
    "please add": rf"\b(?:please|pls|plz|kindly)(?: \w+)? (?:{_VERB})\b",
    "can you add": (
        rf"\b(?:can|could|would|will|should|must) (?:you|we|they|it|"
        rf"u)(?: guys| please| also)* (?:{_VERB}|make|have|get)\b"
    ),
    "named": r"\b(?:feature request|feature idea|suggestions?|suggest|enhancement|proposal|request for|improvement)\b",
    "would love": r"\b(?:would|'d) (?:also |really )*(?:love|like) (?:to (?:see|have|be able)|a|an|if|the)\b",
    "missing": r"\b(?:missing|lacks?|lacking|miss|needs? (?:a|an|more|to be|the option)|could use|no way|no option)\b",
    "not possible": (
        r"\b(?:can't|cannot|can not|unable|not able|isn't possible|"
        r"not possible|impossible|doesn't support|no support)\b"
    ),
    "able to": (
        r"\b(?:be able to|ability to|option to|way to|possibility to|"
        r"possible to|allow (?:us|me|users|to)|let (?:us|me|users))\b"
    ),
    "plans": (
        r"\b(?:any plans?|are there plans|plans (?:to|for)|any chance|roadmap|"
        r"planned|considered|considering|future (?:release|version|update))\b"
    ),
    "should": r"\b(?:should|ought to|need to) (?:be|have|add|let|allow|offer|support|include)\b",
    "how about": r"\b(?:how about|what about|why not|would it be possible|would it make sense|\+1|upvote)\b",
    "instead": r"\b(?:instead of|rather than|it'd be|more options?|customi[sz]e|configurable|optional)\b",
    "how do i": (
        r"\b(?:how (?:do|can|to|would|does)|where (?:do|can|is|are)|"
        r"what is|when (?:will|do|does)|who|why (?:is|do|did|was))\b"
    ),
    "can i": r"\b(?:can|may|could|do|am|should) (?:i|we)\b|\bis there\b|\bis it possible\b",
    "my account": (
        r"\b(?:my|our) (?:account|card|order|subscription|invoice|"
        r"password|refund|payment|plan|booking|e-?mail|address|number)\b"
    ),
    "order": r"\b(?:cancel|reset|refund|delete|resend|unlock|close|change|update|upgrade|downgrade|return|confirm)\b",
    "fix": (
        r"\b(?:fix|fixed|crash\w*|bugs?|buggy|broken|error|freez\w*|fails?|"
        r"stopped working|not working|doesn't work|won't (?:open|load))\b"
    ),
    "worked": (
        r"\b(?:if|wish) (?:it|this|the \w+|they|you)(?: \w+)? (?:worked|"
        r"works|work|didn't|loaded|opened|replied|answered|crashed)\b"
    ),
    "thanks": r"\b(?:thank|thanks|thx|thanx|ty|appreciate\w*|grateful)\b",
    "but": r"\b(?:but|however|although|though|unfortunately|sadly|except)\b",
    "question": r"\?",
    "shouting": r"!",
    "not": r"\b(?:not|no|never|none|nothing|nobody|n't|cannot)\b|n't\b",
}
_SEARCHES = [re.compile(pattern).search for pattern in _CUES.values()]

NAMES = [*_CUES, "short", "long", "loud"]


def cues(text: str, lowered: str) -> list[int]:
    """The positions in NAMES of the cues that a plain *text* holds; *lowered* is the same text in small letters."""
    found = [at for at, search in enumerate(_SEARCHES) if search(lowered)]
    count = len(_SEARCHES)
    if len(text) < 40:
        found.append(count)
    if len(text) > 300:
        found.append(count + 1)
    if len(text) > 12 and text.isupper():
        found.append(count + 2)
    return found
