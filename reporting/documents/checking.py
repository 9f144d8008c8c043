"""What a document of this room promises is what every PDF of the portal promises."""

from foundation.pdf.promises import PROMISES, checked

__all__ = ["PROMISES", "checked"]
