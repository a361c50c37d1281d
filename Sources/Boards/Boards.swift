import Accounts
import Core
import Figures
import Hummingbird
import Organization
import Storage
import Web

/// How many entries of a kind wait, below a unit on a day, for a second person to confirm them.
package typealias CountWaiting =
    @Sendable (_ kind: String, _ unit: OrgUnit.ID, _ day: Day, _ db: Connection) throws -> Int

/// Boards: what the ledger comes to, for everybody to read. Home, figures with their traces,
/// themes, the calendar, records, units, kinds of record, the register of personal fields, and
/// the search through all of it.
///
/// - Parameters:
///   - accounts: who may take away records that are not public.
///   - waiting: asked for signed-in readers of a figure that does not count those entries.
package func boards(
    _ figures: Figures, _ accounts: Accounts, waiting: @escaping CountWaiting
) -> Feature {
    Feature(
        name: "boards",
        navigation: [
            Destination("nav_home", .home, path: Address().text),
            Destination("nav_figures", .figures, path: Address.figures.text),
            Destination("nav_themes", .themes, path: Address.themes.text),
            Destination("nav_compare", .compare, path: Address.compare.text),
            Destination("nav_calendar", .calendar, path: Address.calendar.text),
            Destination("nav_units", .units, path: Address.units.text),
            Destination("nav_kinds", .kinds, path: Address.kinds.text),
            Destination("nav_search", .search, path: Address.search.text),
        ],
        templates: .module,
        pages: [
            HomePage.self, FiguresPage.self, FigurePage.self, RecordPage.self, UnitsPage.self,
            UnitPage.self, KindsPage.self, KindPage.self, RecordsPage.self, RegisterPage.self,
            MechanismsPage.self, RulesPage.self, ComparePage.self,
            SearchPage.self, CalendarPage.self, CalendarYearPage.self, MapPage.self,
            ReorganizationPage.self, ThemesPage.self, ThemePage.self,
            DevelopersPage.self, PhotosPage.self,
        ],
        routes: { router, site in
            let board = Board(figures: figures, site: site)
            router.get("/", needs: .everybody, use: ShowHome(board: board).handle)
            router.get("figures", needs: .everybody, use: ListFigures(board: board).handle)
            router.get(
                "figures/:indicator", needs: .everybody,
                use: ShowFigure(board: board, waiting: waiting).handle)
            router.get("records/:id", needs: .everybody, use: ShowRecord(board: board).handle)
            router.get("units", needs: .everybody, use: ListUnits(board: board).handle)
            router.get("units/:code", needs: .everybody, use: ShowUnit(board: board).handle)
            router.get("photos", needs: .everybody, use: ShowPhotos(board: board).handle)
            router.get("kinds", needs: .everybody, use: ListKinds(board: board).handle)
            router.get("kinds/:kind", needs: .everybody, use: ShowKind(board: board).handle)
            router.get(
                "kinds/:kind/records", needs: .everybody, use: ListRecords(board: board).handle)
            let copy = CopyRecords(board: board, accounts: accounts)
            router.get("kinds/:kind/records/copies", needs: .signedIn, use: copy.show)
            router.post("kinds/:kind/records/copies", needs: .signedIn, use: copy.handle)
            router.get("themes", needs: .everybody, use: ListThemes(board: board).handle)
            router.get("themes/:area", needs: .everybody, use: ShowTheme(board: board).handle)
            router.get("map", needs: .everybody, use: ShowMap(board: board).handle)
            router.get(
                "reorganizations/:reform", needs: .everybody,
                use: ShowReorganization(board: board).handle)
            router.get("compare", needs: .everybody, use: Compare(board: board).handle)
            router.get("calendar", needs: .everybody, use: ShowCalendar(board: board).handle)
            router.get("search", needs: .everybody, use: Search(board: board).handle)
            router.get("register", needs: .everybody, use: ShowRegister(board: board).handle)
            router.get("mechanisms", needs: .everybody, use: ListMechanisms(board: board).handle)
            router.get("rules", needs: .everybody, use: ListRules(board: board).handle)
            routePrograms(router, board)
        })
}

/// What programs read: the interface with its page, the feeds, and the map of the site.
private func routePrograms(_ router: Routes, _ board: Board) {
    let api = BoardApi(board: board).api
    api.declare(in: router)
    router.get(
        "developers", needs: .everybody, use: ShowDevelopers(board: board, api: api).handle)
    router.get("feeds/news", needs: .everybody, use: FetchNews(board: board).handle)
    router.get("feeds/reports", needs: .everybody, use: FetchReports(board: board).handle)
    let map = ShowSiteMap(board: board)
    router.get("sitemap.xml", needs: .everybody, use: map.handle)
    router.get("robots.txt", needs: .everybody, use: map.robots)
}
