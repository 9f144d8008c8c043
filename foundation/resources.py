"""How every room's rows come in and go out as CSV and XLSX."""

from import_export import resources


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
