"""Pages of HTML as a PDF to keep (PDF/A-3a) and to hear (PDF/UA-1). The way in is ``rendering``.

A document is laid out in parts that know nothing of one another, by several processes at once; a part is
kept by its content, and the parts are joined into one file. ``layout``, ``tags`` and ``typesetter`` read no
settings, so that a process of theirs starts without Django.
"""
