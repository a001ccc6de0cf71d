"""What people are told without looking: a sync stopped or goes on again, the first is done, data is gone.

Told once for each change of state, on the page of notices and by mail. `watch` compares what is with what was told
last; `post` mails what is not mailed yet. Both may run anywhere and twice.
"""
