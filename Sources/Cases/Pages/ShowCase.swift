import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /cases/:id?step=ID&after=SEQ. For whoever may know of the case: where it stands, whose turn
/// it is, what they can do now, why not yet, and what happened.
struct ShowCase: Sendable {
    let app: Services
    /// A form that was refused stands as it came: it asks for no proposal.
    var proposes: StepProposals = { _, _, _ in nil }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let query = Query(request)
        var asked = CasePageMaker.Asked()
        asked.step = try query.text("step")
        asked.keyset = try Keyset(query, parts: 1, limit: CasePageMaker.storyLimit)
        return try await show(id, asked, context)
    }

    /// The page, as it is asked for or as a form of it was refused.
    func show(
        _ id: Record.ID, _ asked: CasePageMaker.Asked, _ context: AppContext
    ) async throws -> Response {
        let words = app.site.words(context)
        let (page, trail) = try await app.database.read { [app, proposes] db in
            let acting = try app.accounts.acting(context, db)
            let sight = try app.district.caseSight(id, acting, words, db)
            let maker = CasePageMaker(
                sight: sight,
                all: try CaseAct.all(.account(acting), in: sight.reading, app.district, db),
                context: context, district: app.district, proposes: proposes, db: db)
            return (try maker.page(asked), sight.trail)
        }
        return app.site.show(
            page, context, trail: trail, status: asked.sent?.status ?? .ok)
    }
}

extension CaseSight {
    /// The way down to the case: from the lists of those who read cases, or from one's own.
    fileprivate var trail: [Link] {
        if case .named = view { return [Link(words["nav_my_cases"], .myCases)] }
        return [
            Link(words["nav_cases"], .cases),
            Link(
                reading.procedure.name[words.language],
                Address.cases.with(AskedCases.procedure, reading.procedure.id)),
        ]
    }
}

/// POST /cases/:id/steps/:step. For whoever the definition names: takes the step in one commit, and
/// leads back to the case. What is refused is shown in the form, beside its fields.
struct TakeCaseStep: Sendable {
    let app: Services

    static let fields: [String: SentField] = [
        StepForm.shownField: .carried, Heading.unit.name: .carried,
    ]

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let step = try context.word("step")
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .signedIn) { [app] acting, db in
            guard
                try app.district.tie(to: id, acting.access, as: acting.account, db) != nil,
                let row = try CaseStore(db).find(id, in: .everything)
            else { throw Refusal.notFound }
            let procedure = try ProcedureVersions(app.district, db)
                .find(row.procedure, row.version)
            guard let kind = procedure.step(step).flatMap({ app.district.catalogue.kinds[$0.kind] })
            else { throw Refusal.notFound }
            var sheet = EntrySheet(kind, form)
            sheet.resolve(
                .place, among: acting.places(for: kind), acting.structure, on: acting.today)
            guard sheet.faults.isEmpty else { throw Refusal.invalid(sheet.faults) }
            var values = sheet.values
            try fillIn(&values, kind, procedure, row, db)
            try app.district.takeStep(
                step, in: id, shown: form.shown, values: values,
                accepting: form.reasons, by: .account(acting), db: db)
            return Address.case(id).with("done", "case_step")
        } again: { state in
            var asked = CasePageMaker.Asked()
            asked.step = step
            asked.sent = state
            return try await ShowCase(app: app).show(id, asked, context)
        }
    }

    /// Whom the case is about stands in every record of it that asks for them.
    private func fillIn(
        _ values: inout [Heading: String], _ kind: Kind, _ procedure: Procedure, _ row: CaseRow,
        _ db: Connection
    ) throws {
        guard case .person(let role) = procedure.subject.about,
            kind.persons.contains(where: { $0.id == role }),
            let id = row.about.map({ Person.ID(trusted: $0) }),
            let person = try PersonStore(db: db).find([id]).first
        else { return }
        values[.person(role)] = person.number ?? person.name
    }
}

extension Form {
    /// How many records of the case the form showed.
    var shown: Int { all(StepForm.shownField).first.flatMap { Int($0) } ?? -1 }

    /// Why what is generally not done is done here, by the name of the guard.
    var reasons: [String: String] {
        let prefix = StepForm.reasonPrefix
        return Dictionary(
            pairs.filter { $0.name.hasPrefix(prefix) }.map {
                (String($0.name.dropFirst(prefix.count)), $0.value)
            }, uniquingKeysWith: { first, _ in first })
    }
}
