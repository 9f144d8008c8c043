"""A report as an Excel workbook, given out filled and sealed."""
