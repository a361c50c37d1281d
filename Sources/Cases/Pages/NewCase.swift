import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /cases/new. For whoever writes: the procedures under which they may open a case.
struct ChooseProcedure: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.database.read { [app] db in
            let acting = try app.accounts.acting(context, db)
            let all = OpenableProcedures(app.district, acting).all
            return NewCasesPage(
                title: words["case_new_title"], lead: words["case_new_lead"],
                choices: Listed(
                    all.map { procedure in
                        NewCasesPage.Choice(
                            choiceName: procedure.name[words.language],
                            choiceHref: Address.newCase(procedure.id).text,
                            choiceSource: procedure.source[words.language])
                    }),
                empty: all.isEmpty ? words["case_new_none"] : nil)
        }
        return app.site.show(page, context, trail: [Link(words["nav_cases"], .cases)])
    }
}

/// The procedures under which a reader may open a case.
struct NewCasesPage: Page {
    static let template = "cases/choose"

    let title: String
    let lead: String
    let choices: Listed<Choice>?
    let empty: String?

    struct Choice: Sendable {
        let choiceName: String
        let choiceHref: String
        let choiceSource: String
    }
}

/// Under which procedures somebody may open a case, and where.
struct OpenableProcedures {
    let district: District
    let acting: ActingAccount

    init(_ district: District, _ acting: ActingAccount) {
        self.district = district
        self.acting = acting
    }

    /// So many units are offered for a case to be opened in.
    static let unitLimit = 500

    var all: [Procedure] {
        district.catalogue.proceduresInOrder
            .compactMap { district.catalogue.procedure($0, openedOn: acting.today) }
            .filter { !units(of: $0).isEmpty }
    }

    /// The units in which a case may be opened by them: those in which they hold what the opening
    /// step asks for.
    func units(of procedure: Procedure) -> [UnitVersion] {
        guard let kind = district.catalogue.kinds[procedure.subject.kind],
            let step = procedure.opening,
            acting.access.maySee(kind)
        else { return [] }
        return Array(
            acting.structure.units(.write, acting.access, on: acting.today).lazy
                .filter { kind.forms.isEmpty || kind.forms.contains($0.form) }
                .filter { mayOpen(step, of: procedure, in: $0.unit) }.prefix(Self.unitLimit))
    }

    private func mayOpen(
        _ step: Procedure.Step, of procedure: Procedure, in unit: OrgUnit.ID
    ) -> Bool {
        let units = CaseUnits(
            procedure: procedure, structure: acting.structure, home: unit, place: nil,
            owner: unit)
        return step.by.contains { actor in
            switch actor {
            case .anybody: return true
            case .role(let name, let role):
                let at = units.unit(name, on: acting.today)
                return acting.access.holdings.contains { $0.role == role && $0.unit == at }
            case .about, .persons: return false
            }
        }
    }
}

/// GET and POST /cases/new/:procedure. For whoever may take the opening step: the case's own record
/// and its first step on one page, posted in one commit.
struct NewCase: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(try context.word("procedure"), FormState(context), context)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.word("procedure")
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.write)) { [app] acting, db in
            let asked = try Asked(id, acting, app.district)
            var sheet = EntrySheet(asked.kind, form)
            var first = EntrySheet(asked.first, form)
            sheet.resolve(.unit, among: asked.units, acting.structure, on: acting.today)
            for heading in [Heading.place] {
                sheet.resolve(
                    heading, among: acting.places(for: asked.kind), acting.structure,
                    on: acting.today)
                first.resolve(
                    heading, among: acting.places(for: asked.first), acting.structure,
                    on: acting.today)
            }
            let faults = sheet.faults + first.faults
            guard faults.isEmpty else { throw Refusal.invalid(faults) }
            guard
                let unit = asked.units.first(where: {
                    $0.code == sheet.values[.unit] || asked.units.count == 1
                })
            else {
                throw Refusal.invalid([
                    Fault(
                        asked.kind.label(.unit), at: Heading.unit.name, zh: "请选择单位。",
                        en: "Choose a unit.")
                ])
            }
            let made = try app.district.openCase(
                id, values: sheet.values, opening: first.values, at: unit.unit,
                accepting: form.reasons, by: .account(acting), db: db)
            return Address.case(made).with("done", "case_opened")
        } again: { state in
            try await page(id, state, context)
        }
    }

    /// What a form of a procedure asks for.
    private struct Asked {
        let procedure: Procedure
        let kind: Kind
        let first: Kind
        let step: Procedure.Step
        let units: [UnitVersion]

        /// - Throws: `Refusal.notFound` for whom there is no unit to open one in.
        init(_ id: String, _ acting: ActingAccount, _ district: District) throws(Refusal) {
            guard let procedure = district.catalogue.procedure(id, openedOn: acting.today),
                let step = procedure.opening,
                let kind = district.catalogue.kinds[procedure.subject.kind],
                let first = district.catalogue.kinds[step.kind]
            else { throw .notFound }
            units = OpenableProcedures(district, acting).units(of: procedure)
            guard !units.isEmpty else { throw .notFound }
            (self.procedure, self.kind, self.first, self.step) = (procedure, kind, first, step)
        }
    }

    private func page(
        _ id: String, _ state: FormState, _ context: AppContext
    ) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.database.read { [app] db in
            let acting = try app.accounts.acting(context, db)
            let asked = try Asked(id, acting, app.district)
            let name = asked.procedure.name[words.language]
            let step = StepNames(asked.procedure, app.district.catalogue, words)[asked.step.id]
            var setting = StepForm.Setting(
                head: context.formHead(.newCase(id), keeping: state.form),
                title: words["case_new_step", ["step": step]], submit: words["case_new_submit"])
            setting.note = words["case_new_text", ["step": step, "procedure": name]]
            setting.opens = asked.kind
            setting.units = asked.units
            setting.known = [.ref, .lastDay]
            var said =
                state.form.map {
                    EntrySheet(asked.kind, $0).said.merging(EntrySheet(asked.first, $0).said) { $1 }
                } ?? [:]
            if state.form == nil {
                said[Heading.day.name] = acting.today.description
                if asked.units.count == 1 { said[Heading.unit.name] = asked.units[0].code }
            }
            let form = StepForm(
                asked.first, state, said: said, setting,
                places: acting.places(for: asked.kind) + acting.places(for: asked.first),
                register: app.district.catalogue.register, words)
            return NewCasePage(
                title: words["case_new_of", ["procedure": name]], form: form,
                procedureHref: asked.kind.visibility == .sealed ? nil : Address.procedure(id).text)
        }
        return app.site.show(
            page, context,
            trail: [Link(words["nav_cases"], .cases), Link(words["case_new_title"], .newCase)],
            status: state.status)
    }
}

/// The form that opens a case.
struct NewCasePage: Page {
    static let template = "cases/new"

    let title: String
    let form: StepForm
    let procedureHref: String?

    var summary: FaultSummary? { form.summary }
}
