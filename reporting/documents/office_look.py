"""In what the workbook and the Word file of a document look alike."""

FACE = "Times New Roman"  # Liberation Serif, which the PDF is set in, has its measures
SIDES = {"start": "left", "end": "right", "centre": "center", "absent": "center"}
HEAD_GROUND, GROUP_GROUND = "EFEFEC", "F7F6F3"
