"""The signature under a submission, as Decree 30/2020 has it: who signs, how, for whom, on what basis."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from foundation.actions import ActionRefused

from .models import Submission

Capacity = Submission.Capacity
FOR_SOMEBODY = frozenset({Capacity.TM, Capacity.KT, Capacity.TL, Capacity.TUQ})
ON_A_PAPER = frozenset({Capacity.TL, Capacity.TUQ})
LONGEST = {"signer": 200, "authority": 200, "basis": 300}


@dataclass(frozen=True)
class Signature:
    """``authority`` is what follows TM., KT., TL. or TUQ. on the line above the name."""

    signer: str
    capacity: str = ""
    authority: str = ""
    basis: str = ""
    acting_for: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    def faults(self) -> dict[str, str]:
        """What is wrong, by box: one sentence each."""
        found = {}
        if self.capacity not in Capacity.values:
            found["capacity"] = _("Choose how the signatory signs.")
        if not self.signer:
            found["signer"] = _("Write the name of the signatory.")
        if self.capacity in FOR_SOMEBODY and not self.authority:
            found["authority"] = _("Write for whom it is signed, for instance ỦY BAN NHÂN DÂN after “TM.”.")
        if self.capacity in ON_A_PAPER and not self.basis:
            found["basis"] = _(
                "Name the paper that orders or authorises the signature: number, date, issuer."
            )
        for box, most in LONGEST.items():
            if len(getattr(self, box)) > most:
                found[box] = _("This is too long: at most %(most)s letters.") % {"most": most}
        return found

    def refuse_faulty(self) -> None:
        if faults := self.faults():
            raise ActionRefused(" ".join(faults.values()))
