"""What is read again besides the runs.

A run sees what the search shows between two watermarks. A search that is later than the overlap, a deletion that no
feed tells, a change that leaves `updated_at` alone: none of these is seen there. So now and then more is read than
should be needed. What is known and unchanged costs no request of its own.
"""
