"""The questions in SQL, once for PostgreSQL and DuckDB, both over the same wide table."""

from mixture import DASHBOARD

KINDS = ", ".join(f"'{kind}'" for kind in DASHBOARD)


def dashboard(year, street=None):
    """Streets × months × kinds."""
    here = f" AND u.code = '{street}'" if street else ""
    return f"""
        SELECT u.code, a.month, a.kind, COUNT(*) FROM activity a JOIN unit u ON u.unit = a.street
        WHERE a.year = {int(year)} AND a.kind IN ({KINDS}){here} GROUP BY 1, 2, 3"""


def ranking(year, kind=None):
    """Communities by how much they recorded of one kind, or of all eight."""
    which = f"a.kind = '{kind}'" if kind else f"a.kind IN ({KINDS})"
    return f"""
        SELECT u.code, x.n FROM (
            SELECT a.community, COUNT(*) AS n FROM activity a
            WHERE a.year = {int(year)} AND {which} GROUP BY 1) x
        JOIN unit u ON u.unit = x.community ORDER BY x.n DESC, u.code"""


def figure(year, kind, structure="then"):
    """One kind in one year by street, by the map of the day or of today."""
    street = "street" if structure == "then" else "street_now"
    return f"""
        SELECT u.code, x.n FROM (
            SELECT a.{street} AS street, COUNT(*) AS n FROM activity a
            WHERE a.year = {int(year)} AND a.kind = '{kind}' GROUP BY 1) x
        JOIN unit u ON u.unit = x.street"""
