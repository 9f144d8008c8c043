"""How every room's rows come in and go out as CSV and XLSX."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from import_export import resources

STYLED = {'<ins style="background:#e6ffe6;">': "<ins>", '<del style="background:#ffe6e6;">': "<del>"}


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
