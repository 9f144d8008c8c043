"""What staff type in: a plan's file is looked into before it is believed."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from foundation.files import DOCX, ODT, PDF, checked, sniff

from .models import PlanFile

DOCUMENTS = (PDF, DOCX, ODT)


class PlanFileForm(forms.ModelForm):
    """A document as upload; ``admin`` stores it through the one door for files."""

    upload = forms.FileField(label=_("Document (PDF, DOCX or ODT)"), required=False)

    class Meta:
        model = PlanFile
        fields = ["label_vi", "label_en"]

    def clean_upload(self) -> UploadedFile | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            if not self.instance.pk:
                raise ValidationError(_("Choose the file."))
            return None
        if sniff(checked(upload), upload.name) not in DOCUMENTS:
            raise ValidationError(_("A plan is a PDF, DOCX or ODT file."))
        return upload
