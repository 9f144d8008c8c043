"""What a document of this room promises is what every PDF of the portal promises."""

from foundation.pdf_promises import PROMISES, checked

__all__ = ["PROMISES", "checked"]
