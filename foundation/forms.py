"""How every form looks: label, help, error, control, in that order."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Fields come from ``templates/forms/field.html``; widgets from Django."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
