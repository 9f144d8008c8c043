"""How every room's rows come in and go out as CSV and XLSX."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from import_export import resources, widgets
from import_export.fields import Field

from .dates import PartialDate, PartialDateField, PartialDateFormField

STYLED = {'<ins style="background:#e6ffe6;">': "<ins>", '<del style="background:#ffe6e6;">': "<del>"}


class PartialDateWidget(widgets.CharWidget):
    """Writes the stored form; reads that, and what people type, and says what it reads when it cannot."""

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> PartialDate | None:
        text = str(value).strip() if value is not None else ""
        return PartialDateFormField(required=False).clean(text.removesuffix(" 00:00:00"))

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return str(value) if value else ""


class SlugWidget(widgets.ForeignKeyWidget):
    """The row a cell names by its address; a cell that names none is refused in words."""

    def __init__(self, model: Any) -> None:
        super().__init__(model, "slug")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value, row, **kwargs)
        except self.model.DoesNotExist:
            raise ValueError(_("Nothing has the address %(slugs)s.") % {"slugs": value}) from None


class SlugsWidget(widgets.ManyToManyWidget):
    """Refuses an address that nothing has, where the stock widget would drop it in silence."""

    def __init__(self, model: Any) -> None:
        super().__init__(model, separator=" ", field="slug")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        named = " ".join(str(value or "").split())
        found = super().clean(named, row, **kwargs)
        missing = set(named.split()) - {item.slug for item in found}
        if missing:
            raise ValueError(_("Nothing has the address %(slugs)s.") % {"slugs": ", ".join(sorted(missing))})
        return found


def by_slug(name: str, model: Any) -> Field:
    """A column that holds the address of the row it links to."""
    return Field(attribute=name, column_name=name, widget=SlugWidget(model))


def all_by_slug(name: str, model: Any) -> Field:
    """A column that holds several addresses with blanks between them."""
    return Field(attribute=name, column_name=name, widget=SlugsWidget(model))


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

    def import_data(self, *args: Any, **kwargs: Any) -> Any:
        """One row that will not do keeps the whole file out: nothing is half saved."""
        return super().import_data(*args, **{"rollback_on_validation_errors": True, **kwargs})

    def get_diff_class(self) -> Any:
        return PlainDiff

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> Any:
        """A partial date is read and written by its own widget, and an empty one is ``None``."""
        field = super().field_from_django_field(field_name, django_field, readonly)
        if isinstance(django_field, PartialDateField):
            field.widget, field.default = PartialDateWidget(), None
        return field

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Say in words which of the columns that name a row are not there."""
        there = set(dataset.headers or [])
        columns = [self.fields[name].column_name for name in self.get_import_id_fields()]
        missing = [column for column in columns if column not in there]
        if missing:
            raise ValueError(
                _(
                    "The file has no column %(columns)s, by which rows are recognised. "
                    "Export the list to see how."
                )
                % {"columns": ", ".join(missing)}
            )

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """An empty cell of a workbook is empty text, as it is in CSV."""
        for name, value in row.items():
            if value is None:
                row[name] = ""
