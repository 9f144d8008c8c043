"""The cut-over of the map: the one deed that touches every room. The rooms do not know each other."""
