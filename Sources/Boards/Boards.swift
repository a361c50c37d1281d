import Figures
import Hummingbird
import Web

/// Boards: what the ledger comes to, for everybody to read. Home, figures with their traces,
/// themes, the calendar, records, units, kinds of record, the register of personal fields, and
/// the search through all of it.
package func boards(_ figures: Figures) -> Feature {
    Feature(
        name: "boards",
        navigation: [
            Destination("nav_home", path: Address().text),
            Destination("nav_figures", path: Address.figures.text),
            Destination("nav_themes", path: Address.themes.text),
            Destination("nav_calendar", path: Address.calendar.text),
            Destination("nav_units", path: Address.units.text),
            Destination("nav_kinds", path: Address.kinds.text),
            Destination("nav_search", path: Address.search.text),
        ],
        templates: .module,
        pages: [
            HomePage.self, FiguresPage.self, FigurePage.self, RecordPage.self, UnitsPage.self,
            UnitPage.self, KindsPage.self, KindPage.self, RegisterPage.self,
            MechanismsPage.self, RulesPage.self,
            SearchPage.self, CalendarPage.self, ThemesPage.self, ThemePage.self,
        ],
        routes: { router, site in
            let board = Board(figures: figures, site: site)
            router.get("/", use: ShowHome(board: board).handle)
            router.get("figures", use: ListFigures(board: board).handle)
            router.get("figures/:indicator", use: ShowFigure(board: board).handle)
            router.get("records/:id", use: ShowRecord(board: board).handle)
            router.get("units", use: ListUnits(board: board).handle)
            router.get("units/:code", use: ShowUnit(board: board).handle)
            router.get("kinds", use: ListKinds(board: board).handle)
            router.get("kinds/:kind", use: ShowKind(board: board).handle)
            router.get("themes", use: ListThemes(board: board).handle)
            router.get("themes/:area", use: ShowTheme(board: board).handle)
            router.get("calendar", use: ShowCalendar(board: board).handle)
            router.get("search", use: Search(board: board).handle)
            router.get("register", use: ShowRegister(board: board).handle)
            router.get("mechanisms", use: ListMechanisms(board: board).handle)
            router.get("rules", use: ListRules(board: board).handle)
        })
}
