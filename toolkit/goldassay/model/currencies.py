"""Currencies as data: ISO 4217 codes, the signs and names of money, and names that several countries share.

A shared name is written as a code with a question mark: `USD?` is some dollar, `SEK?` some krona. Money is never
converted from one currency into another.
"""

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES: frozenset[str] = frozenset(_CODES.split())
"""The codes of circulating money."""

FAMILIES: dict[str, frozenset[str]] = {
    shared: frozenset(codes.split())
    for shared, codes in {
        "USD?": "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD",
        "GBP?": "GBP EGP FKP GIP LBP SDG SHP SSP SYP",
        "JPY?": "JPY CNY",
        "INR?": "INR LKR MUR NPR PKR SCR",
        "SEK?": "SEK CZK DKK ISK NOK",
        "CHF?": "CHF BIF CDF DJF GNF KMF RWF XAF XOF XPF",
        "MXN?": "MXN ARS CLP COP CUP DOP PHP UYU",
        "KRW?": "KRW KPW",
        "RUB?": "RUB BYN",
        "TRY?": "TRY LBP SYP",
        "KWD?": "KWD BHD DZD IQD JOD LYD RSD TND",
        "SAR?": "SAR IRR OMR QAR YER",
        "AED?": "AED MAD",
        "KES?": "KES SOS TZS UGX",
    }.items()
}
"""The currencies that a shared name can mean."""

_SIGN_ROWS = """
$ USD?, US$ USD, U.S.$ USD, A$ AUD, AU$ AUD, C$ CAD, CA$ CAD, HK$ HKD, NZ$ NZD, S$ SGD, NT$ TWD, R$ BRL, MX$ MXN, J$
JMD, £ GBP, € EUR, ¥ JPY?, CN¥ CNY, JP¥ JPY, ₹ INR, Rs INR?, Rs. INR?, ₩ KRW?, ₽ RUB, ₺ TRY, ₴ UAH, ₪ ILS, ₫ VND, ₦
NGN, ฿ THB, ₱ PHP, ₸ KZT, ₾ GEL, RM MYR, kr SEK?, zł PLN
"""
SIGNS: dict[str, str] = dict(pair.split(" ") for pair in " ".join(_SIGN_ROWS.split()).split(", "))
"""Signs before (some also after) an amount, by their exact form."""

_NAMES: dict[str, str] = {
    "USD?": "dollar",
    "USD": "us dollar,u.s. dollar,american dollar,united states dollar",
    "AUD": "australian dollar",
    "CAD": "canadian dollar",
    "HKD": "hong kong dollar",
    "NZD": "new zealand dollar",
    "SGD": "singapore dollar,singaporean dollar",
    "TWD": "taiwan dollar,new taiwan dollar,taiwanese dollar",
    "EUR": "euro",
    "GBP": "british pound,pound sterling,sterling",
    "EGP": "egyptian pound",
    "LBP": "lebanese pound",
    "SYP": "syrian pound",
    "JPY": "yen,japanese yen",
    "CNY": "yuan,chinese yuan,renminbi",
    "INR?": "rupee",
    "INR": "indian rupee",
    "PKR": "pakistani rupee,pakistan rupee",
    "LKR": "sri lankan rupee",
    "NPR": "nepalese rupee",
    "IDR": "rupiah",
    "KRW": "south korean won",
    "KPW": "north korean won",
    "KRW?": "won,korean won",
    "RUB": "russian rouble,russian ruble",
    "RUB?": "rouble,ruble",
    "BYN": "belarusian rouble,belarusian ruble",
    "UAH": "hryvnia,ukrainian hryvnia",
    "SEK?": "krona,krone,kronor,kroner,krones,crown",
    "SEK": "swedish krona,swedish kronor,swedish crown",
    "NOK": "norwegian krone,norwegian kroner,norwegian crown",
    "DKK": "danish krone,danish kroner,danish crown",
    "ISK": "icelandic krona,icelandic kronur",
    "CZK": "czech crown,czech koruna",
    "CHF?": "franc",
    "CHF": "swiss franc",
    "XOF": "west african cfa franc",
    "XAF": "central african cfa franc",
    "MXN?": "peso",
    "MXN": "mexican peso",
    "ARS": "argentine peso",
    "CLP": "chilean peso",
    "COP": "colombian peso",
    "PHP": "philippine peso",
    "BRL": "brazilian real,brazilian reais,reais",
    "TRY": "turkish lira,turkish lire",
    "TRY?": "lira",
    "PLN": "zloty,polish zloty",
    "HUF": "forint,hungarian forint",
    "ILS": "shekel,israeli shekel",
    "SAR?": "riyal,rial",
    "SAR": "saudi riyal",
    "IRR": "iranian rial",
    "AED?": "dirham",
    "AED": "uae dirham,emirati dirham",
    "KWD?": "dinar",
    "KWD": "kuwaiti dinar",
    "IQD": "iraqi dinar",
    "KES?": "shilling",
    "KES": "kenyan shilling",
    "THB": "baht,thai baht",
    "MYR": "ringgit,malaysian ringgit",
    "VND": "dong,vietnamese dong",
    "NGN": "naira,nigerian naira",
    "BDT": "taka",
    "ZAR": "rand,south african rand",
    "AFN": "afghani",
    "KZT": "tenge",
}
_SAME_PLURAL = "yen yuan renminbi won baht ringgit dong rand sterling kronor kroner reais"


def _money_names() -> dict[str, str]:
    table: dict[str, str] = {}
    for code, names in _NAMES.items():
        for name in names.split(","):
            table[name] = code
            if name.split(" ")[-1] not in _SAME_PLURAL.split(" "):
                table[f"{name}s"] = code
    table["pounds sterling"] = "GBP"
    return table


MONEY_NAMES: dict[str, str] = _money_names()
"""Code by lower-case name, singular and plural. A bare "pound" may also be a weight: see `unit_names`."""


def currency_candidates(code: str) -> frozenset[str]:
    """The currencies that a code or a shared name can mean; none if it is no currency.

    >>> sorted(currency_candidates("JPY?")), sorted(currency_candidates("EUR")), sorted(currency_candidates("km"))
    (['CNY', 'JPY'], ['EUR'], [])
    """
    if code in CURRENCIES:
        return frozenset({code})
    return FAMILIES.get(code, frozenset())
