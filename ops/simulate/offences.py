"""What the simulated cases are about: sections that go together, how grave, and what investigation adds or drops."""

from __future__ import annotations

from typing import Final, NamedTuple


class Offence(NamedTuple):
    """Sections of an FIR. `added`: what investigation may add."""

    sections: tuple[str, ...]
    added: str
    sensitivity: str = "NORMAL"


_B = "BNS2023 "
OFFENCES: Final = (
    Offence((_B + "303(2)",), _B + "317(2)"),
    Offence((_B + "303(2)", _B + "3(5)"), _B + "317(2)"),
    Offence((_B + "305", _B + "331(4)"), _B + "317(2)"),
    Offence((_B + "304(2)",), _B + "317(2)"),
    Offence((_B + "309(4)",), "ARMS1959 25(1-A)"),
    Offence((_B + "115(2)", _B + "126(2)", _B + "352"), _B + "118(1)"),
    Offence((_B + "115(2)", _B + "118(1)", _B + "351(2)"), _B + "109(1)"),
    Offence((_B + "126(2)", _B + "115(2)", _B + "109(1)"), _B + "117(2)"),
    Offence((_B + "103(1)", _B + "3(5)"), "ARMS1959 25(1-A)"),
    Offence((_B + "318(4)",), "IT2000 66D"),
    Offence((_B + "318(4)", _B + "308(2)"), "IT2000 66C"),
    Offence((_B + "85", "DP1961 4"), _B + "80(2)"),
    Offence((_B + "80(2)",), "DP1961 4"),
    Offence((_B + "137(2)", _B + "96"), "POCSO2012 8", "CHILD_VICTIM"),
    Offence(("POCSO2012 8", _B + "74"), "POCSO2012 12", "CHILD_VICTIM"),
    Offence((_B + "74", _B + "351(2)"), _B + "64(1)", "SENSITIVE_FIR"),
    Offence(("BPEA2016 30",), "BPEA2016 32"),
    Offence(("NDPS1985 20(b)(ii)(B)",), "NDPS1985 20(b)(ii)(C)"),
    Offence((_B + "310(2)",), "ARMS1959 25(1-A)"),
    Offence((_B + "191(2)", _B + "115(2)", _B + "351(2)"), _B + "109(1)"),
)
