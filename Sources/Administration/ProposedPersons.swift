import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /admin/persons/proposals. For the system administrator: persons whom writers miss.
/// GET /admin/persons/proposals/:proposal. One of them, with whoever bears the name already.
/// POST /admin/persons/proposals/:proposal. Adds the person, and tells whoever asked.
/// POST /admin/persons/proposals/:proposal/refusal. Does not, and says why.
struct ProposedPersons: Sendable {
    let app: Services

    /// The most proposals on the page; the others follow when these are dealt with.
    static let shown = 50
    static let personAdded = Message.Event("person_added")
    static let personDeclined = Message.Event("person_declined")

    private func store(_ db: Connection) -> ProposedPersonStore {
        ProposedPersonStore(db, app.district.sealedKey)
    }

    @Sendable func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let (waiting, names, structure) = try await app.database.read { [app] db in
            let waiting = try store(db).waiting(limit: Self.shown)
            return (
                waiting, try AccountStore(db).names(waiting.map(\.account.text)),
                try app.district.structure(db)
            )
        }
        let words = app.site.words(context)
        var page = DeskPage(words["proposals_title"], lead: words["proposals_lead"])
        var section = DeskSection(nil)
        var table = DeskTable(
            page.title,
            [words["person_name"], words["grant_unit"], words["proposals_asked"]],
            empty: words["proposals_none"])
        for one in waiting {
            table.add([
                .text(one.name, to: .proposal(one.id)),
                .text(unitName(one.unit, structure, app.today)),
                .text(said(one, names, words)),
            ])
        }
        section.table = table
        page.sections = [section]
        return app.site.show(page, context, trail: [Link(words["persons_title"], .persons)])
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, nil)
    }

    @Sendable func add(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("proposal", of: ProposedPerson.self)
        return try await app.submit(form, context, needs: .right(.accounts), at: "name") {
            [app] acting, db in
            guard let proposal = try store(db).find(id) else { throw Refusal.notFound }
            var reader = FormReader(form)
            let name = reader.line("name")
            let number = reader.optional("number")
            let unit = reader.line("unit")
            try reader.check()
            let person = try app.district.addPerson(
                named: name, number: number, unit: unit, by: acting.actor, db)
            // Whoever asked for the same person is told as well.
            let same = try store(db).waiting(limit: Self.mostAlike).filter {
                $0.isFor(proposal.name, in: proposal.unit)
            }
            let answered = same.contains { $0.id == id } ? same : same + [proposal]
            for one in answered {
                try Outbox(db).put(
                    Self.personAdded, to: one.account, at: Address("entries"), by: acting.actor,
                    acting.moment)
            }
            try store(db).delete(answered.map(\.id.text))
            return Address.person(person.id).with("done", "person_added")
        } again: {
            try await page(context, $0)
        }
    }

    /// The most that are looked through for others who asked for the same person.
    private static let mostAlike = 1_000

    @Sendable func refuse(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("proposal", of: ProposedPerson.self)
        return try await app.submit(form, context, needs: .right(.accounts), at: "because") {
            [app] acting, db in
            guard let proposal = try store(db).find(id) else { throw Refusal.notFound }
            var reader = FormReader(form)
            let reason = reader.lines("because", atLeast: JoinPerson.reasonCharacters)
            try reader.check()
            try store(db).decline(proposal, because: reason, at: acting.moment)
            try app.audit(db).record(
                "person.declined", id.text, by: acting.actor, at: acting.moment)
            try Outbox(db).put(
                Self.personDeclined, to: proposal.account, at: Address("entries"),
                by: acting.actor, acting.moment)
            return Address.proposals.with("done", "person_declined")
        } again: {
            try await page(context, $0)
        }
    }

    /// What is known in one snapshot.
    private struct Known: Sendable {
        let proposal: ProposedPerson
        let namesakes: [Person]
        let names: [String: String]
        let structure: Structure
    }

    private func page(_ context: AppContext, _ state: FormState?) async throws -> Response {
        let id = try context.id("proposal", of: ProposedPerson.self)
        let known = try await app.database.read { [app] db in
            guard let proposal = try store(db).find(id) else { throw Refusal.notFound }
            return Known(
                proposal: proposal,
                namesakes: try PersonDirectory(db: db).search(proposal.name),
                names: try AccountStore(db).names([proposal.account.text]),
                structure: try app.district.structure(db))
        }
        let words = app.site.words(context)
        let unit = known.structure.nearestVersion(known.proposal.unit, on: app.today)
        let state =
            state
            ?? FormState(
                context, offering: ["name": known.proposal.name, "unit": unit?.code ?? ""])
        var page = DeskPage(words["proposal_title", ["name": known.proposal.name]])
        var facts = DeskSection(nil)
        facts.add(words["person_name"], known.proposal.name)
        facts.add(words["grant_unit"], unit?.name ?? "–")
        facts.add(words["proposals_asked"], said(known.proposal, known.names, words))
        facts.add(words["proposal_lapses"], known.proposal.lapsesOn.description)
        page.sections = [
            facts, namesakes(known, words), adding(id, state, context, words),
            declining(id, state, context, words),
        ]
        return app.site.show(
            page, context,
            trail: [
                Link(words["persons_title"], .persons), Link(words["proposals_title"], .proposals),
            ], status: state.status)
    }

    private func namesakes(_ known: Known, _ words: Words) -> DeskSection {
        var section = DeskSection(words["proposal_namesakes"], note: words["proposal_look"])
        var table = DeskTable(
            words["proposal_namesakes"],
            [words["person_number"], words["person_name"], words["grant_unit"]],
            empty: words["proposal_namesakes_none"])
        for person in known.namesakes {
            table.add([
                .text(person.number ?? "–", to: .person(person.id)), .text(person.name),
                .text(unitName(person.unit, known.structure, app.today)),
            ])
        }
        section.table = table
        return section
    }

    private func adding(
        _ id: ProposedPerson.ID, _ state: FormState, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["proposal_add"])
        section.sheet = FormSheet(
            context.formHead(.proposal(id), keeping: state.form), state,
            [
                state.line("name", words["person_name"], isRequired: true),
                state.line("number", words["person_number"], help: words["proposal_number_help"]),
                state.line("unit", words["proposal_unit"], isRequired: true),
            ], submit: words["proposal_add"])
        return section
    }

    private func declining(
        _ id: ProposedPerson.ID, _ state: FormState, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["proposal_decline"])
        section.sheet = FormSheet(
            context.formHead(.proposalRefusal(id), keeping: state.form), state,
            [state.lines("because", words["person_reason"], rows: 2, isRequired: true)],
            submit: words["proposal_decline"])
        return section
    }

    private func said(
        _ proposal: ProposedPerson, _ names: [String: String], _ words: Words
    ) -> String {
        words[
            "desk_by",
            [
                "when": proposal.askedAt.text,
                "who": names[proposal.account.text] ?? proposal.account.text,
            ]]
    }

    /// The persons who are asked for, on the desk of whoever adds them.
    func deskParts(
        _ context: AppContext, _ words: Words, _ db: Connection
    ) throws -> [DeskPart] {
        guard context.reader.meets(.right(.accounts)) else { return [] }
        let count = try ProposedPersonStore.waitingCount(db)
        guard count > 0 else { return [] }
        let waiting = try store(db).waiting(limit: DeskPart.lineLimit)
        let structure = try app.district.structure(db)
        return [
            DeskPart(
                .confirmations, words["proposals_title"], count: count,
                lines: waiting.map {
                    DeskPart.Line(
                        label: $0.name,
                        note: words[
                            "proposal_line",
                            [
                                "unit": unitName($0.unit, structure, app.today),
                                "since": $0.askedAt.text,
                            ]],
                        href: Address.proposal($0.id).text)
                }, all: Link(words["proposals_all"], .proposals))
        ]
    }
}
