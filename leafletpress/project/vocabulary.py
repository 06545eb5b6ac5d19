"""The vocabulary of a house: the regions, audiences, sexes and age groups that its leaflets may speak of."""

from __future__ import annotations

from dataclasses import dataclass

from leafletpress.diagnostics import suggest
from leafletpress.model import Facet

# The codes of ISO 3166-1 alpha-2 that are assigned to a country, 2024.
_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = tuple(_CODES.split())

_OTHERWISE = {"UK": "GB", "USA": "US", "EL": "GR", "GBR": "GB"}
"""What people write for codes they do not know."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values that each facet may have, at least one; a house may write its own under `facets`."""

    region: tuple[str, ...] = COUNTRIES
    audience: tuple[str, ...] = ("adult", "child", "carer", "professional")
    sex: tuple[str, ...] = ("female", "male")
    age_group: tuple[str, ...] = ("baby", "child", "teenager", "adult", "older-adult")

    def values(self, facet: Facet) -> tuple[str, ...]:
        """What `facet` may be: region, audience, sex or age-group; for the other facets nothing is laid down here."""
        match facet:
            case Facet.REGION:
                return self.region
            case Facet.AUDIENCE:
                return self.audience
            case Facet.SEX:
                return self.sex
            case Facet.AGE_GROUP:
                return self.age_group
            case _:
                return ()

    def hint(self, facet: Facet, value: str) -> str:
        """How to mend a value that is not in the vocabulary."""
        known = self.values(facet)
        if facet is Facet.REGION and known == COUNTRIES:
            code = _OTHERWISE.get(value.upper(), value.upper())
            near = code if code in known else None
            return f"did you mean '{near}'?" if near else "write the country's code of two capitals, such as GB or US"
        return suggest(value, known)


@dataclass(frozen=True, slots=True)
class Readers:
    """Readers that editions are made for, by their name in press.yaml; None leaves what the leaflet says."""

    name: str
    audience: str | None = None
    sex: str | None = None
    age_group: str | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """What a house says of a region, such as its emergency number: the values of `{{region.<name>}}`.

    Each name has words by language; the language "" is for all.
    """

    name: str
    values: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    def words(self, name: str, tags: tuple[str, ...]) -> str:
        """The words for the first of the languages that has any; empty where none has."""
        said = dict(dict(self.values).get(name, ()))
        return next((said[tag] for tag in (*tags, "") if tag in said), "")
