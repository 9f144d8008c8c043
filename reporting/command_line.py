"""What the commands say alike: a day that is none, a file that cannot be read or written."""

import errno
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_REASONS: dict[int, Promise] = {
    errno.ENOENT: gettext_lazy("there is no such file or folder"),
    errno.EACCES: gettext_lazy("the rights to it are missing"),
    errno.EPERM: gettext_lazy("the rights to it are missing"),
    errno.EROFS: gettext_lazy("the disk is for reading only"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
    errno.EISDIR: gettext_lazy("it is a folder"),
    errno.ENOTDIR: gettext_lazy("a part of its path is no folder"),
    errno.ENAMETOOLONG: gettext_lazy("its name is too long"),
}


def a_day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        words = _("“%(written)s” is no day: write it as 2026-12-31.")
        raise ArgumentTypeError(words % {"written": written}) from None


def why_not_read(path: Path, fault: OSError) -> str:
    return _("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": _reason(fault)}


def why_not_written(path: Path, fault: OSError) -> str:
    return _("%(path)s cannot be written: %(reason)s.") % {"path": path, "reason": _reason(fault)}


def _reason(fault: OSError) -> str:
    """In the system's own words where it is a rare one."""
    return str(_REASONS.get(fault.errno or 0) or fault.strerror or fault)
