import Accounts
import Cases
import Core
import Figures
import Hummingbird
import Ledger
import Organization
import Reports
import Storage
import Web

/// What every verb of the report desk is given: what all verbs are, the reports, and how they are
/// reviewed.
struct WritingDesk: Sendable {
    let app: Services
    let reports: Reports
    let review: ReviewDesk

    init(_ reports: Reports, _ review: ReviewDesk, _ accounts: Accounts, _ site: Site) {
        app = Services(reports.figures.district, accounts, site)
        self.reports = reports
        self.review = review
    }

    var site: Site { app.site }
    var district: District { app.district }
    var database: Database { app.database }

    /// The report in the address, as far as the reader may see it.
    func find(_ context: AppContext, _ db: Connection) throws -> FoundWriting {
        try find(
            context.id("id", of: Writing.self),
            WritingSight(context.reader.access, try district.structure(db), on: app.today), db)
    }

    /// The same for whoever acts, inside a write.
    func find(
        _ context: AppContext, _ acting: ActingAccount, _ db: Connection
    ) throws -> FoundWriting {
        try find(
            context.id("id", of: Writing.self),
            WritingSight(acting.access, acting.structure, on: acting.today), db)
    }

    private func find(
        _ id: Writing.ID, _ sight: WritingSight, _ db: Connection
    ) throws -> FoundWriting {
        let found = try WritingStore(db).list("w.id = \(id) AND \(sight.condition)", limit: 1)
        guard let one = found.first else { throw Refusal.notFound }
        return FoundWriting(
            writing: one.writing, version: one.version, sight: sight,
            stage: try stage(one.writing, db))
    }

    /// How far a report has come, as its case says.
    func stage(_ writing: Writing, _ db: Connection) throws -> WritingStage {
        if let report = writing.report {
            return try ReportStore(db: db).withdrawal(of: report) == nil ? .issued : .withdrawn
        }
        guard let id = writing.caseID, let reading = try district.caseReading(id, nil, db) else {
            return .draft
        }
        let owed = reading.state.obligations.map(\.step)
        if owed.contains(review.handIn) { return .returned }
        return owed.contains(review.issue) ? .signed : .handedIn
    }

    /// Saves a text as the next version.
    func save(
        _ body: WritingBody, because why: String, over found: FoundWriting,
        _ acting: ActingAccount, _ db: Connection
    ) throws {
        let id = found.writing.id
        try WritingStore(db).add(
            WritingVersion(
                number: found.version.number + 1, body: body, why: why,
                position: try app.audit(db).position(), writtenBy: acting.actor.name,
                writtenAt: acting.moment), to: id)
        try note("report.written", id, acting, db)
    }

    /// Writes down in the audit what was done at a report.
    func note(
        _ action: String, _ id: Writing.ID, _ acting: ActingAccount, _ db: Connection
    ) throws {
        try app.audit(db).record(
            action, id.text, by: acting.actor, at: acting.moment, quietly: true)
    }

    /// The steps that lead down to a report, or to one of its sections.
    func trail(_ words: Words, _ writing: Writing? = nil, section: Int? = nil) -> [Link] {
        [
            Link(words["nav_reports"], Address("reports")),
            Link(words["report_desk_title"], .reportDesk),
        ]
            + [writing.map { Link(words["report_desk_one"], .writing($0.id)) }].compactMap { $0 }
            + [
                writing.flatMap { one in
                    section.map { Link(words["report_desk_section"], .section($0, of: one.id)) }
                }
            ].compactMap { $0 }
    }
}

/// How far a report has come.
package enum WritingStage: String, Sendable, CaseIterable {
    case draft, returned
    case handedIn = "handed_in"
    case signed, issued, withdrawn

    /// Whether its text may still change: what was handed in stays as it is.
    var isOpen: Bool { self == .draft || self == .returned }

    var style: String {
        switch self {
        case .draft, .handedIn: ""
        case .returned, .withdrawn: "tag-warn"
        case .signed: "tag-good"
        case .issued: "tag-seal"
        }
    }
}

/// A report that somebody sees, with its newest version.
struct FoundWriting: Sendable {
    let writing: Writing
    let version: WritingVersion
    let sight: WritingSight
    let stage: WritingStage

    var mayWrite: Bool { sight.holds(.write, in: writing.unit) && stage.isOpen }
    var mayIssue: Bool { sight.holds(.report, in: writing.unit) }

    /// - Throws: `Refusal.conflict` where it was handed in; `notFound` for whom it is not to write.
    func requireOpen() throws(Refusal) {
        guard sight.holds(.write, in: writing.unit) else { throw .notFound }
        guard stage.isOpen else {
            throw .conflict(
                zh: "这份报告已经送审，文字不能再改；退回后可以继续修改。",
                en: "This report was handed in: its text stays as it is, unless it is sent back.")
        }
    }
}

/// Whose reports somebody sees: those of units whose records they read or write, and below.
struct WritingSight: Sendable {
    let access: Access
    let structure: Structure
    let today: Day
    private let seen: Set<OrgUnit.ID>

    init(_ access: Access, _ structure: Structure, on today: Day) {
        self.access = access
        self.structure = structure
        self.today = today
        seen = access.units(.read).union(access.units(.write))
    }

    /// A condition on `report_writing w`.
    var condition: SQL {
        guard !seen.isEmpty else { return "FALSE" }
        let below = ReachRow.below(structure.heads(seen, on: today), on: today)
        return "w.unit_id IN (\(below))"
    }

    func holds(_ right: Right, in unit: OrgUnit.ID) -> Bool {
        structure.lies(unit, below: access.units(right), on: today)
    }

    /// The units for which they may write a report: those where they hold a role themselves.
    var offices: [UnitVersion] {
        access.units(.write).compactMap { structure.version($0, on: today) }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    }
}
