import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /entries. For anyone who may write: where their day begins. What they write most, what comes
/// again today, what waits, what they laid aside, and what they wrote last.
struct ListEntries: Sendable {
    let desk: EntryServices

    /// The most of their newest entries that are shown.
    static let newest = 15

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let query = try Query(request).text("q") ?? ""
        let district = desk.district
        let removals = { @Sendable (id: String) in
            context.formHead(Address("entries", "drafts", id, "removal"))
        }
        let stops = { @Sendable (id: String) in
            context.formHead(Address("entries", "patterns", id, "end"))
        }
        let page = try await district.database.read { db in
            let writer = try desk.accounts.acting(context, db)
            let account = writer.account.text
            let moment = district.now()
            let kinds = writer.kinds(district.catalogue)
            let patterns = desk.patterns(db, of: account)
            let oldest = writer.today - RecurringEntry.daysBack
            let content = EntriesPage.Content(
                drafts: try desk.drafts(db, of: account).list(
                    kinds: kinds, at: moment),
                patterns: try patterns.list(kinds: kinds),
                filled: try patterns.filled(from: oldest),
                waiting: try desk.waiting(db).list(of: account, kinds: kinds),
                proposed: try ProposedPersonStore(db, district.sealedKey)
                    .list(of: writer.account),
                toConfirm: try desk.confirmable(writer, db, limit: Limits.rowsPerPage).count,
                newest: try RecordStore(db: db)
                    .newest(by: account, kinds: kinds, limit: Self.newest),
                used: try WrittenStore(db).usual(by: account))
            return EntriesPage(
                content, query: query, district.catalogue, writer, removals: removals,
                stops: stops, words)
        }
        return desk.site.show(page, context)
    }
}

/// The start page of who writes.
struct EntriesPage: Page {
    static let template = "entries/entries"

    let title: String
    let usual: Listed<Link>?
    let due: Listed<DueRow>?
    let toConfirm: String?
    let confirmHref: String
    let returned: Listed<Row>?
    let waiting: Listed<Row>?
    let drafts: Listed<DraftRow>?
    let proposed: Listed<ProposedRow>?
    let patterns: Listed<PatternRow>?
    let query: String
    let groups: Listed<KindMenu.Group>?
    let nothing: String?
    let newest: Listed<RecordRow>?

    struct DueRow: Sendable {
        let label: String
        let href: String

        init(_ pattern: RecurringEntry, _ kind: String, on day: Day, _ words: Words) {
            label = words["pattern_fill", ["kind": kind, "day": day.description]]
            href =
                Address.newEntry(pattern.kind)
                .with(FormPrefill.patternName, pattern.id.text)
                .with(FormPrefill.patternDayName, day.description).text
        }
    }

    struct Row: Sendable {
        let kind: String
        let day: String
        let note: String
        /// When what was sent back goes, or that what waits has waited too long.
        let limit: String?
        let href: String
        let againHref: String?

        init(_ waiting: PendingEntry, _ kind: String, on today: Day, _ words: Words) {
            self.kind = waiting.title(kind, words)
            day = waiting.happenedOn.description
            note = waiting.reason ?? ""
            limit =
                waiting.lapsesOn.map { words["entries_lapses", ["day": $0.description]] }
                ?? (waiting.isOverdue(on: today)
                    ? words["entries_overdue", ["days": String(PendingEntry.overdueDays)]] : nil)
            href = Address.confirmation(waiting.id).text
            againHref = waiting.state == .sentBack ? waiting.again.text : nil
        }
    }

    struct DraftRow: Sendable {
        let kind: String
        let saved: String
        let href: String
        let head: FormHead
    }

    /// Somebody who is to be added, or why they were not.
    struct ProposedRow: Sendable {
        let said: String
        let isDeclined: Bool
        let outcome: String

        init(_ proposal: ProposedPerson, _ writer: ActingAccount, _ words: Words) {
            let unit = writer.structure.nearestVersion(proposal.unit, on: writer.today)?.name
            said =
                words[
                    "entries_proposed_who", ["name": proposal.name, "unit": unit ?? "–"]]
            isDeclined = proposal.declinedAt != nil
            let values = [
                "reason": proposal.reason ?? "", "day": proposal.lapsesOn.description,
                "since": proposal.askedAt.text,
            ]
            outcome =
                words[
                    isDeclined ? "entries_proposed_declined" : "entries_proposed_waits", values]
        }
    }

    struct PatternRow: Sendable {
        let kind: String
        let rhythm: String
        let head: FormHead
    }

    struct RecordRow: Sendable {
        let kind: String
        let unit: String
        let day: String
        let isLate: Bool
        let href: String?
        let reverseHref: String

        init(_ record: Record, _ kind: Kind, _ writer: ActingAccount, _ language: Language) {
            let version = writer.structure.nearestVersion(record.unit, on: record.happenedOn)
            self.kind = kind.name[language]
            unit = version?.name ?? "–"
            day = record.happenedOn.description
            isLate = record.isLate(kind)
            href = kind.visibility == .sealed ? nil : Address.record(record.id).text
            reverseHref = Address.reverse(record.id).text
        }
    }

    init(
        _ content: Content, query: String, _ catalogue: Catalogue, _ writer: ActingAccount,
        removals: (String) -> FormHead, stops: (String) -> FormHead, _ words: Words
    ) {
        let language = words.language
        func name(_ kind: String) -> String { catalogue.kinds[kind]?.name[language] ?? kind }
        let menu = KindMenu(writer, catalogue, words)
        title = words["nav_entries"]
        usual = query.isEmpty ? Listed(menu.usual(content.used)) : nil
        due = Listed(
            content.patterns.flatMap { pattern in
                pattern.open(upTo: writer.today, filled: content.filled[pattern.id] ?? []).map {
                    DueRow(pattern, name(pattern.kind), on: $0, words)
                }
            })
        toConfirm =
            content.toConfirm == 0
            ? nil : words["entries_to_confirm", ["count": content.toConfirm.grouped]]
        confirmHref = Address.confirmations.text
        func rows(_ state: PendingEntry.State) -> [Row] {
            content.waiting.filter { $0.state == state }.map {
                Row($0, name($0.kind), on: writer.today, words)
            }
        }
        returned = Listed(rows(.sentBack))
        waiting = Listed(rows(.waiting))
        drafts = Listed(
            content.drafts.map {
                DraftRow(
                    kind: name($0.kind), saved: $0.savedAt.text,
                    href: Address.newEntry($0.kind).with(FormPrefill.draftName, $0.id.text).text,
                    head: removals($0.id.text))
            })
        proposed = Listed(content.proposed.map { ProposedRow($0, writer, words) })
        patterns = Listed(
            content.patterns.map {
                PatternRow(
                    kind: name($0.kind), rhythm: words["rhythm_\($0.rhythm.rawValue)"],
                    head: stops($0.id.text))
            })
        self.query = query
        groups = Listed(menu.groups(query))
        nothing =
            groups == nil ? words[menu.isEmpty ? "entries_no_units" : "entries_no_kind"] : nil
        newest = Listed(
            content.newest.compactMap { record in
                catalogue.kinds[record.kind].map { RecordRow(record, $0, writer, language) }
            })
    }
}

/// POST /entries/drafts/:id/removal. For the owner of the draft.
struct RemoveDraft: Sendable {
    let desk: EntryServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Draft.self)
        _ = try await context.form(request)
        try await desk.district.database.write { db in
            let writer = try desk.accounts.acting(context, db)
            guard try desk.drafts(db, of: writer.account.text).remove(id) else {
                throw Refusal.notFound
            }
        }
        return desk.site.redirect(to: Address.entries.with("done", "draft_removed"))
    }
}

/// POST /entries/patterns/:id/end. For the owner of the pattern: it comes no more.
struct StopPattern: Sendable {
    let desk: EntryServices

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: RecurringEntry.self)
        _ = try await context.form(request)
        try await desk.district.database.write { db in
            let writer = try desk.accounts.acting(context, db)
            guard try desk.patterns(db, of: writer.account.text).stop(id) else {
                throw Refusal.notFound
            }
        }
        return desk.site.redirect(to: Address.entries.with("done", "pattern_stopped"))
    }
}

extension EntriesPage {
    /// What the page is made from.
    struct Content: Sendable {
        let drafts: [Draft]
        let patterns: [RecurringEntry]
        let filled: [RecurringEntry.ID: Set<Day>]
        let waiting: [PendingEntry]
        let proposed: [ProposedPerson]
        let toConfirm: Int
        let newest: [Record]
        /// How often they wrote each kind lately.
        let used: [String: Int]
    }
}
