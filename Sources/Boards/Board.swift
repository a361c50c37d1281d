import Catalogue
import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// What every verb of the boards is given: the figures, the site, and the newest day on record.
struct Board: Sendable {
    let figures: Figures
    let site: Site
    private let recorded = RecordedShelf()

    init(figures: Figures, site: Site) {
        self.figures = figures
        self.site = site
    }

    /// An indicator that everybody may ask for.
    ///
    /// - Throws: `Refusal.notFound` for any other.
    func publicIndicator(_ id: String) throws(Refusal) -> Indicator {
        guard let indicator = figures.district.catalogue.indicators[id], indicator.isPublic
        else { throw .notFound }
        return indicator
    }

    /// Reads a page in one snapshot and shows it, stamped with the position it was read at. The
    /// page is kept: for everybody, or for readers who may do just the same as this one.
    func show<P: Page>(
        _ context: AppContext, for access: Access? = nil,
        _ read: @escaping @Sendable (Snapshot) throws -> BoardSheet<P>
    ) async throws -> Response {
        let now = figures.district.now()
        if let asked = AskedPicture(context.address) {
            return try await picture(asked, context, read)
        }
        return try await site.show(context, for: access) { db in
            try sheet(try snapshot(db, now, context, access), now, read)
        }
    }

    /// Reads what is no page, such as a table to take away, in one snapshot.
    func read<Found: Sendable>(
        _ context: AppContext, for access: Access? = nil,
        _ read: @escaping @Sendable (Snapshot) throws -> Found
    ) async throws -> Found {
        let now = figures.district.now()
        return try await site.database.read { db in
            try read(try snapshot(db, now, context, access))
        }
    }

    /// Answers with a table that a page shows, as a file.
    ///
    /// - Parameter name: what the file is called in letters that every browser knows.
    func download(
        _ context: AppContext, as form: TableFile.Form, plainly name: String,
        for access: Access? = nil, _ table: @escaping @Sendable (Snapshot) throws -> TableFile
    ) async throws -> Response {
        let table = try await read(context, for: access) { snapshot in
            var made = try table(snapshot)
            made.licence = snapshot.tableLicence
            return made
        }
        return try site.download(table, as: form, named: table.title, plainly: name)
    }

    /// Answers with one picture of a page. A file goes further than a page: it shows what everybody
    /// may know, whoever takes it.
    private func picture<P: Page>(
        _ asked: AskedPicture, _ context: AppContext,
        _ page: @escaping @Sendable (Snapshot) throws -> BoardSheet<P>
    ) async throws -> Response {
        let now = figures.district.now()
        let (frame, position) = try await read(context) { snapshot in
            (try asked.frame(of: try page(snapshot).page), snapshot.reading.position)
        }
        return try await site.download(
            frame, asked, stamp: Stamp(position: position, at: now),
            plainly: context.address.path.split(separator: "/").last.map(String.init) ?? "home",
            site.words(context))
    }

    private func snapshot(
        _ db: Connection, _ now: Moment, _ context: AppContext, _ access: Access?
    ) throws -> Snapshot {
        let reading = try figures.reading(db)
        return Snapshot(
            db: db, reading: reading, district: figures.district, words: site.words(context),
            today: now.day, address: context.address,
            takeAway: TakeAway(context.address, on: now.day),
            recorded: try recorded.take(
                reading.position, now.day, figures.district.catalogue, db),
            disclosures: disclosures(reading, now.day, access))
    }

    private func sheet<P: Page>(
        _ snapshot: Snapshot, _ now: Moment, _ read: (Snapshot) throws -> BoardSheet<P>
    ) throws -> Sheet<P> {
        let reading = snapshot.reading
        let sheet = try read(snapshot)
        let kinds = sheet.alsoReads.map { $0.union(reading.kindsAsked) }
        return Sheet(
            page: sheet.page, trail: sheet.trail, stamp: Stamp(position: reading.position, at: now),
            isKept: sheet.isKept, isStill: kinds.map { isStill(snapshot, $0) })
    }

    /// Whether nothing of some kinds changed since, and the periods that are usual are the same.
    private func isStill(
        _ snapshot: Snapshot, _ kinds: Set<String>
    ) -> @Sendable (Audit.Head, Connection) throws -> Bool {
        let (district, usual) = (figures.district, snapshot.usual.asked)
        let (position, today) = (snapshot.reading.position, snapshot.today)
        return { [recorded] head, db in
            guard let newest = try district.newestChange(of: kinds, at: head.position, db),
                newest <= position
            else { return false }
            let halves = try recorded.take(head.position, today, district.catalogue, db)
            return usual.allSatisfy {
                halves.periods(after: $0.over, today: $0.today) == $0.found
            }
        }
    }

    /// What the page may tell of numbers of persons: to who may read the records of a unit, all of
    /// it; of sealed kinds, to who stands on their lists as well.
    private func disclosures(
        _ reading: Figures.Reading, _ today: Day, _ access: Access?
    ) -> Disclosures {
        guard let access else { return Disclosures(reading, today: today) }
        let tops = access.units(.read).union(access.units(.write))
        let catalogue = figures.district.catalogue
        return Disclosures(reading, today: today) { unit, indicator in
            access.opens(indicator, catalogue)
                && reading.structure.lies(unit, below: tops, on: today)
        }
    }
}

/// A page with the links that lead down to it from the home page.
struct BoardSheet<P: Page>: Sendable {
    let page: P
    let trail: [Link]
    /// See `Sheet.isKept`.
    var isKept = true
    /// The kinds of record it was read of beside those that its figures count; nil for a page that
    /// may be read of anything.
    var alsoReads: Set<String>?
}

/// The usual periods that a page asked for: with others it would be another page.
final class AskedPeriods {
    struct Asked: Sendable {
        let over: Day
        let today: Day
        let found: UsualPeriods?
    }

    fileprivate(set) var asked: [Asked] = []
}

/// Everything a page is read from: one state of the ledger, in the reader's language.
struct Snapshot {
    let db: Connection
    let reading: Figures.Reading
    let district: District
    let words: Words
    let today: Day
    /// What the browser asked for.
    let address: Address
    /// The links by which the table of the page is taken away.
    let takeAway: TakeAway
    let recorded: Recorded
    let disclosures: Disclosures
    let usual = AskedPeriods()

    /// The newest day on which anything happened that may be told of.
    var newestDay: Day? { periods == nil ? nil : recorded.newest }

    /// What pages show unless the reader says otherwise; nil while nothing is recorded yet.
    var periods: UsualPeriods? { periods(after: today - 1, today: today) }

    /// The same as a reader finds it who asks for a day: nothing later counts.
    func periods(on day: Day?) -> UsualPeriods? {
        guard let day, day < today else { return periods }
        return periods(after: day, today: day)
    }

    private func periods(after over: Day, today: Day) -> UsualPeriods? {
        if let known = usual.asked.first(where: { $0.over == over && $0.today == today }) {
            return known.found
        }
        let periods = recorded.periods(after: over, today: today)
        usual.asked.append(AskedPeriods.Asked(over: over, today: today, found: periods))
        return periods
    }

    var language: Language { words.language }
    var catalogue: Catalogue { district.catalogue }
    var structure: Structure { reading.structure }

    /// The unit in which everything stands; nil in a district without units.
    var root: UnitVersion? { structure.root(nearest: today) }

    /// The indicators a visitor may ask for, in the order the catalogue gives them.
    var publicIndicators: [Indicator] {
        catalogue.publicIndicators
    }
}

extension Catalogue {
    /// The indicators a visitor may ask for, in the order the catalogue gives them.
    var publicIndicators: [Indicator] {
        indicators.values.filter(\.isPublic).inOrder
    }
}

extension Indicator {
    /// Whether a visitor may ask for it.
    var isPublic: Bool { (visibility ?? .public) == .public }
}
