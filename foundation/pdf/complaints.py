"""What WeasyPrint complains about, as a sentence in the reader's language."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext

MISSING_LETTER = re.compile(r'\.notdef glyph .*"(?P<letter>.+)" \((?P<code>U\+[0-9A-F]+)\)', re.DOTALL)


def told(complaints: Iterable[str]) -> str:
    """Each once. Letters are named; whatever else it says is quoted, as it comes in English alone."""
    return "; ".join(dict.fromkeys(_told(one) for one in complaints))


def _told(complaint: str) -> str:
    if found := MISSING_LETTER.search(complaint):
        return gettext("no font here has the letter “%(letter)s” (%(code)s)") % found.groupdict()
    return gettext("the typesetter says “%(complaint)s”") % {"complaint": complaint}
