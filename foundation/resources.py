"""How every room's rows come in and go out as CSV and XLSX."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from import_export import resources, widgets

from .dates import PartialDate, PartialDateField, PartialDateFormField

STYLED = {'<ins style="background:#e6ffe6;">': "<ins>", '<del style="background:#ffe6e6;">': "<del>"}


class PartialDateWidget(widgets.CharWidget):
    """Writes the stored form; reads that, and what people type, and says what it reads when it cannot."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> PartialDate | None:
        text = str(value).strip() if value is not None else ""
        return PartialDateFormField(required=False).clean(text.removesuffix(" 00:00:00"))

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return str(value) if value else ""


class PlainDiff(resources.Diff):
    """What a row changes, in bare ``ins`` and ``del``: the content security policy allows no style."""

    def as_html(self) -> list[SafeString]:
        return [self._bare(cell) for cell in super().as_html()]

    def _bare(self, cell: str) -> SafeString:
        for styled, bare in STYLED.items():
            cell = cell.replace(styled, bare)
        return mark_safe(cell)  # noqa: S308 -- the differ has escaped the values


class RecordResource(resources.ModelResource):
    """Rows by natural key: each is checked as a form would check it, an equal one is left alone."""

    class Meta:
        abstract = True
        import_id_fields: tuple[str, ...] = ("slug",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        exclude: tuple[str, ...] = ("id", "created_at", "updated_at", "is_demo")

    def get_diff_class(self) -> Any:
        return PlainDiff

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> Any:
        """A partial date is read and written by its own widget, and an empty one is ``None``."""
        field = super().field_from_django_field(field_name, django_field, readonly)
        if isinstance(django_field, PartialDateField):
            field.widget, field.default = PartialDateWidget(), None
        return field

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """An empty cell of a workbook is empty text, as it is in CSV."""
        for name, value in row.items():
            if value is None:
                row[name] = ""
