"""Every page there is, by address, with and without hits, and the companies of the data set."""

COMPANIES = ("neusoft", "zte", "intel", "tencent", "royole", "huawei")


def compared(*slugs: str) -> str:
    return "/compare?" + "&".join(f"c={slug}" for slug in slugs)


LIST = "/"
FILTERED = "/?rd_share_min=40&revenue_min=1B&unknown=1"
"""A list with a company that answers yes, one maybe, and some without a figure."""
SIX_COMPARED = compared(*COMPANIES)
THREE_COMPARED = compared("huawei", "zte", "royole")
CHOSEN_COLUMNS = "/?cols=revenue,founded,industry,mau_qq"
CHARTS = ("/charts", "/charts?x=countries&y=employees&color=rd_share_revenue")
PROFILES = tuple(f"/companies/{slug}" for slug in COMPANIES)
COMPARISONS = (compared("huawei", "zte"), THREE_COMPARED, SIX_COMPARED)
REFUSALS = (
    "/?revenue_min=abc&rd_share_max=x&founded_min=2000&founded_max=1990",
    "/companies/huawai",
    "/nothing",
    compared("a", "b", "c", "d", "e", "f", "g", "h", "i"),
)
KINDS = (
    *(LIST, FILTERED, "/?q=zzz", CHARTS[1], "/companies/huawei", "/companies/royole"),
    *(f"{THREE_COMPARED}&ref=zte", "/compare", compared("huawei"), "/sources"),
    *("/sources/collier-2016", "/about", "/api", *REFUSALS),
)
"""One page of each kind: of each template, and of each branch that looks different."""
PAGES = (
    LIST,
    FILTERED,
    "/?q=zzz",
    "/?revenue_min=100B",
    CHOSEN_COLUMNS,
    *CHARTS,
    *PROFILES,
    *COMPARISONS,
    f"{THREE_COMPARED}&ref=zte",
    compared("huawei", "zte", "hauwei"),
    "/compare",
    compared("huawei"),
    "/sources",
    "/sources/collier-2016",
    "/about",
    "/api",
    *REFUSALS,
)
