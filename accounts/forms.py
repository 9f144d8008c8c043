"""What the holder of a post types when he will be away."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.plain_text import PlainTextField

from .absences import LONGEST, LONGEST_BASIS, deputies_for, own_posts
from .models import Post, User


def day_box() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "date"}, format="%Y-%m-%d")


class AbsenceForm(forms.Form):
    post = forms.ModelChoiceField(Post.objects.none(), label=_("Post"), empty_label=_("Choose a post"))
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who acts for you"),
        help_text=_("Somebody who holds a post of the same unit. Every record keeps both names."),
        empty_label=_("Choose a person"),
    )
    first_day = forms.DateField(label=_("First day"), widget=day_box())
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("At most %(most)s days; this length is the portal’s own setting.") % {"most": LONGEST},
        widget=day_box(),
    )
    basis = PlainTextField(
        label=_("Basis"),
        help_text=_("The decision or authorisation: number, date."),
        max_length=LONGEST_BASIS,
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = own_posts(user, on=on)
        fields: Any = self.fields
        fields["post"].queryset = posts
        fields["deputy"].queryset = deputies_for(posts, user, on=on)
