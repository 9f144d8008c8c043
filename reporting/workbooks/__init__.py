"""A report as an Excel workbook: given out filled, taken back cell by cell, refused where it is wrong."""
