"""Questions that the rules leave words of unread, put to a language model of the operator's choice; off by default.

It may propose a typed query, as anybody may in an address, and name only what it was given: the words of the question,
and names of this workspace behind references. What rows or messages say is never sent.
"""
