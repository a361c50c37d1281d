import Accounts
import Catalogue
import Core
import Hummingbird
import Web

/// GET /?on=DAY. For everybody: what this is, a few figures of the whole district, and where to go
/// on. The day asked for governs every number of the page.
struct ShowHome: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let on = try Query(request).day("on")
        return try await board.show(context) { snapshot in
            BoardSheet(
                page: try HomePage(snapshot, on: on), trail: [],
                // What is newest is looked for among all kinds that may be told of.
                alsoReads: snapshot.catalogue.kindsToldByDay)
        }
    }
}

/// The home page: headline figures with their trend, the newest report, a map, what is new.
struct HomePage: Page {
    static let template = "boards/home"

    let title: String
    /// The half-years that were kept: the one shown and those a reader may turn to.
    let halves: Listed<Half>?
    let tiles: Listed<Tile>?
    let district: String?
    /// How one headline figure went.
    let course: ChartFrame?
    /// The small courses of the headlines as one picture, to be taken away.
    let pasts: ChartFrame?
    let places: Listed<Link>?
    /// What officers of the district put before everybody.
    let views: Listed<Link>?
    let report: ReportDoor?
    let map: HomeMap?
    let records: Listed<EntryLine>?
    let newestTitle: String
    let newestHref: String
    let doors: [Door]
    /// What to do next in a district that has no units, or no records.
    let empty: String?

    /// A headline figure, with how it differs from the period before it, or from a year before.
    struct Tile: Sendable {
        let line: ThemeLine
        /// The number in full where a round one is printed, or what it was divided from.
        let behind: String?
        let change: FigureChange?
        let target: TargetPart?
        /// What a click leads to.
        let opens: String
    }

    /// A half-year that the page can be asked for.
    struct Half: Sendable {
        let label: String
        let href: String
        let isShown: Bool
    }

    /// The newest report that was issued.
    struct ReportDoor: Sendable {
        let reportTitle: String
        let reportHref: String
        let reportFacts: String
    }

    /// A headline figure by the units below, and where to read more of it.
    struct HomeMap: Sendable {
        let figureName: String
        let figureHref: String
        let map: DistrictMap
    }

    /// A way into the ledger.
    struct Door: Sendable {
        let label: String
        let sentence: String
        let href: String
    }

    /// - Parameter on: the day up to which is told; nil for today.
    init(_ snapshot: Snapshot, on: Day? = nil) throws {
        let words = snapshot.words
        let reader = HomeReader(
            snapshot: snapshot, day: on ?? snapshot.today, periods: snapshot.periods(on: on))
        title = words["home_title"]
        halves = reader.halves()
        let (found, course) = try reader.tiles()
        tiles = Listed(found)
        self.course = course
        pasts = try ThemeReader(snapshot: snapshot).courses(
            found.map(\.line), finding: words["home_figures"])
        places = Listed(reader.places())
        views = Listed(
            try SavedViewStore(snapshot.db).onHome().compactMap { view in
                Address(local: view.address).map { Link(view.name, $0) }
            })
        district = snapshot.root.flatMap { root in
            reader.periods.map {
                words[
                    "home_district",
                    [
                        "unit": root.name,
                        "period": $0.half.words(today: snapshot.today)[words.language],
                    ]]
            }
        }
        report = try reader.report()
        map = try reader.map()
        // What is newest today says nothing of a day that is over.
        let newest = on.map { $0 < snapshot.today } == true ? nil : try reader.newest()
        records = Listed(newest?.lines ?? [])
        newestTitle = words["home_newest", ["day": newest?.day.description ?? ""]]
        newestHref = newest.map { Address.calendar(day: $0.day).text } ?? ""
        doors = [
            ("reports", Address.reports), ("themes", .themes), ("figures", .figures),
            ("units", .units), ("calendar", .calendar), ("kinds", .kinds),
            ("mechanisms", .mechanisms), ("rules", .rules), ("register", .register),
        ].map { name, address in
            Door(
                label: words["door_\(name)"], sentence: words["door_\(name)_text"],
                href: address.text)
        }
        empty =
            snapshot.root == nil
            ? words["home_no_units"] : snapshot.periods == nil ? words["home_no_records"] : nil
    }
}
