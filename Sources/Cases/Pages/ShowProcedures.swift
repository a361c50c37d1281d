import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /admin/procedures. For the officer who makes kinds: every procedure, and how many cases are
/// open under it. A sealed one is there for who stands on the list of names of its kind.
struct ListProcedures: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.database.read { [app] db in
            let acting = try app.accounts.acting(context, db)
            let catalogue = app.district.catalogue
            let rows = try app.district.procedures(seenBy: acting).map { procedure in
                let open = try CaseStore(db).openVersions(of: procedure.id).values.reduce(0, +)
                let seen = catalogue.kinds[procedure.subject.kind]?.visibility ?? .internal
                return ProceduresPage.Row(
                    procedureName: procedure.name[words.language],
                    procedureHref: Address.keptProcedure(procedure.id).text,
                    stepCount: procedure.steps.count.grouped, openCount: open.grouped,
                    openHref: Address.cases.with(AskedCases.procedure, procedure.id).text,
                    since: procedure.from.description,
                    seen: words["visibility_\(seen.rawValue)"])
            }
            return ProceduresPage(
                title: words["procedures_title"], lead: words["procedures_lead"],
                rows: Listed(rows), empty: rows.isEmpty ? words["procedures_none"] : nil)
        }
        return app.site.show(page, context)
    }
}

/// GET /admin/procedures/:procedure and /procedures/:procedure. A procedure drawn and in a table:
/// for everybody unless it is sealed, and for the officer with its versions and examples.
struct ShowProcedure: Sendable {
    let app: Services

    @Sendable func told(_ request: Request, _ context: AppContext) async throws -> Response {
        let catalogue = app.district.catalogue
        guard
            let procedure = catalogue.procedure(
                try context.word("procedure"), openedOn: app.today),
            let kind = catalogue.kinds[procedure.subject.kind], kind.visibility != .sealed
        else { throw Refusal.notFound }
        let words = app.site.words(context)
        let says = ProcedureWords(words, procedure, catalogue, on: app.today)
        return app.site.show(ProcedurePage(says, versions: [], isOwn: false), context)
    }

    @Sendable func kept(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.word("procedure")
        let words = app.site.words(context)
        let page = try await app.database.read { [app] db in
            let acting = try app.accounts.acting(context, db)
            guard
                let procedure = app.district.procedures(seenBy: acting).first(where: {
                    $0.id == id
                })
            else { throw Refusal.notFound }
            let says = ProcedureWords(words, procedure, app.district.catalogue, on: app.today)
            return ProcedurePage(
                says, versions: try versions(id, words, db), isOwn: true)
        }
        return app.site.show(page, context, trail: [Link(words["nav_procedures"], .procedures)])
    }

    /// The texts it had, the newest first, each with how many open cases keep it.
    private func versions(
        _ id: String, _ words: Words, _ db: Connection
    ) throws -> [ProcedurePage.Version] {
        let open = try CaseStore(db).openVersions(of: id)
        let running = app.district.catalogue.procedures[id] ?? []
        let known = Set(running.map(\.version))
        let kept = open.keys.filter { !known.contains($0) }.sorted()
        func version(_ mark: String, from: String) -> ProcedurePage.Version {
            let count = open[mark] ?? 0
            return ProcedurePage.Version(
                versionFrom: from, versionMark: String(mark.prefix(Self.markLetters)),
                versionOpen: words["procedure_version_open", ["count": count.grouped]],
                versionHref: count == 0
                    ? nil : Address.cases.with(AskedCases.procedure, id).text)
        }
        return running.reversed().map {
            version(
                $0.version,
                from: words["procedure_version_from", ["day": $0.from.description]])
        } + kept.map { version($0, from: words["procedure_version_old"]) }
    }

    /// So many letters tell one version from another.
    private static let markLetters = 8
}

extension District {
    /// The procedures that an account may know of, each in its text of today.
    fileprivate func procedures(seenBy acting: ActingAccount) -> [Procedure] {
        catalogue.proceduresInOrder.compactMap { id in
            catalogue.procedure(id, openedOn: acting.today) ?? catalogue.procedures[id]?.last
        }.filter { catalogue.isSeen($0.subject.kind, by: acting.access) }
    }
}

extension CaseStore {
    /// How many open cases stand under each text of a procedure.
    fileprivate func openVersions(of procedure: String) throws -> [String: Int] {
        var open: [String: Int] = [:]
        for row in try db.rows(
            """
            SELECT version, COUNT(*) FROM case_state
            WHERE procedure = \(procedure) AND closed_at IS NULL GROUP BY version
            """)
        {
            open[try row.at(0)] = try row.at(1, as: Int.self)
        }
        return open
    }
}
