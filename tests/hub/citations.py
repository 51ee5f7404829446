"""CITATION.cff files that keep or break the Citation File Format 1.2.0, and whether a reader must take them.

`None` marks files that the format allows and we refuse all the same, with the reason in the name.
"""

HEAD = """cff-version: 1.2.0
title: "A corpus"
message: "Cite it."
"""
BODY = HEAD + "authors:\n  - name: The Strelsau corpus group\n"
SWH = "94a9ed024d3859793618152ea559a168bbcbb5e2"


def by(author: str) -> str:
    """A file with one author."""
    return f"{HEAD}authors:\n  - {author}\n"


def keyed(name: str, value: str) -> str:
    """A file with one key more."""
    return f"{BODY}{name}: {value}\n"


WORK = "{type: article, title: On Zenda, authors: [{name: X}]}"

CASES: dict[str, tuple[str, bool | None]] = {
    "least": (BODY, True),
    "no authors": (HEAD, False),
    "empty authors": (f"{HEAD}authors: []\n", False),
    "same author twice": (f"{BODY}  - name: The Strelsau corpus group\n", False),
    "no message": (BODY.replace('message: "Cite it."\n', ""), False),
    "other version of the format": (BODY.replace("1.2.0", "1.3.0"), False),
    "unknown key": (keyed("foo", "1"), False),
    "type dataset": (keyed("type", "dataset"), True),
    "type corpus": (keyed("type", "corpus"), False),
    "empty title": (BODY.replace('"A corpus"', '""'), False),
    "title is a number": (BODY.replace('"A corpus"', "2030"), False),
    "title is a quoted number": (BODY.replace('"A corpus"', '"2030"'), True),
    "title is a truth value": (BODY.replace('"A corpus"', "true"), False),
    "title is no": (BODY.replace('"A corpus"', "No"), True),
    "nothing for a value": (keyed("url", ""), False),
    "version is a number": (keyed("version", "1.0"), True),
    "version is text": (keyed("version", '"1.0.0+dirty"'), True),
    "empty version": (keyed("version", '""'), False),
    "licence": (keyed("license", "CC-BY-4.0"), True),
    "unknown licence": (keyed("license", "CC-BY-4.0-nonsense"), False),
    "licence of a later list": (keyed("license", "Zeeff"), False),
    "licences": (keyed("license", "[CC-BY-4.0, Apache-2.0]"), True),
    "licences, one unknown": (keyed("license", "[CC-BY-4.0, Nonsense]"), False),
    "same licence twice": (keyed("license", "[MIT, MIT]"), False),
    "no licences": (keyed("license", "[]"), False),
    "licence address": (keyed("license-url", "https://example.org/licence"), True),
    "day": (keyed("date-released", "2030-01-31"), True),
    "quoted day": (keyed("date-released", '"2030-01-31"'), True),
    "day that is none": (keyed("date-released", "2026-02-31"), False),
    "other day that is none": (keyed("date-released", "2030-13-01"), False),
    "day in another form": (keyed("date-released", "31.1.2030"), False),
    "DOI": (keyed("doi", "10.5281/zenodo.1234"), True),
    "short DOI": (keyed("doi", "10.1/x"), False),
    "DOI with a question mark": (keyed("doi", "10.5281/zenodo?1"), False),
    "address": (keyed("url", "https://example.org/c"), True),
    "address of a file server": (keyed("repository-artifact", "sftp://example.org/c"), True),
    "no address": (keyed("url", "example.org"), False),
    "address for git alone": (keyed("repository-code", '"git@example.org:a/b.git"'), False),
    "keywords": (keyed("keywords", "[evaluation, stance]"), True),
    "same keyword twice": (keyed("keywords", "[evaluation, evaluation]"), False),
    "no keywords": (keyed("keywords", "[]"), False),
    "keyword is a number": (keyed("keywords", "[2030]"), False),
    "empty keyword": (keyed("keywords", '[""]'), False),
    "one keyword, no list": (keyed("keywords", "evaluation"), False),
    "person": (by("{family-names: Hentzau, given-names: Rupert, name-particle: of, affiliation: Strelsau}"), True),
    "person with an address": (by("{family-names: Hentzau, city: Strelsau, country: DE, post-code: 12345}"), True),
    "alias alone": (by("alias: rh"), True),
    "ORCID iD": (by('{family-names: A, orcid: "https://orcid.org/0000-0001-2345-678X"}'), True),
    "ORCID iD elsewhere": (by('{family-names: A, orcid: "https://example.org/0000-0001-2345-678X"}'), False),
    "ORCID iD without address": (by("{family-names: A, orcid: 0000-0001-2345-678X}"), False),
    "mail": (by('{family-names: A, email: "rh@example.org"}'), True),
    "no mail": (by("{family-names: A, email: notamail}"), False),
    "entity": (by("{name: X, country: KR, city: Seoul, date-start: 2030-01-31, location: Zenda}"), True),
    "unknown country": (by("{name: X, country: XX}"), False),
    "country in words": (by("{name: X, country: Ruritania}"), False),
    "entity with family names": (by("{name: X, family-names: A}"), False),
    "entity with an affiliation": (by("{name: X, affiliation: A}"), False),
    "person with a beginning": (by("{family-names: A, date-start: 2030-01-31}"), False),
    "entity with a day that is none": (by("{name: X, date-end: 2030-02-30}"), False),
    "unknown key of an author": (by("{name: X, colour: red}"), False),
    "contact": (keyed("contact", "[{name: X}]"), True),
    "no contact": (keyed("contact", "[]"), False),
    "identifiers": (
        keyed("identifiers", f"[{{type: doi, value: 10.5281/z.1}}, {{type: swh, value: 'swh:1:rev:{SWH}'}}]"),
        True,
    ),
    "described identifier": (keyed("identifiers", "[{type: other, value: x1, description: Ours}]"), True),
    "identifier that is no DOI": (keyed("identifiers", "[{type: doi, value: zenda}]"), False),
    "identifier that is no address": (keyed("identifiers", "[{type: url, value: zenda}]"), False),
    "identifier of no type": (keyed("identifiers", "[{type: isbn, value: x}]"), False),
    "no identifiers": (keyed("identifiers", "[]"), False),
    "a key twice": (f'{BODY}title: "Again"\n', False),
    "a list": ("- 1\n", False),
    "no YAML": ("title: [\n", False),
    "refused: an author without any name cannot be cited": (by('{email: "rh@example.org"}'), None),
    "refused: other works belong in a paper, references": (keyed("references", f"[{WORK}]"), None),
    "refused: other works belong in a paper, preferred": (keyed("preferred-citation", WORK), None),
}
