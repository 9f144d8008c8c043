"""Which of the recorded programmes this portal serves."""

from django.http import Http404
from django.utils.translation import gettext as _

from .models import Programme

OURS = "sxtdbv-2021-2030"


def the_programme() -> Programme:
    """The programme of Decision 889/QĐ-TTg; 404 while the facts are not loaded."""
    found = Programme.objects.filter(slug=OURS).first()
    if found is None:
        raise Http404(_("The programme's records are not loaded yet. Run “manage.py load_facts”."))
    return found
