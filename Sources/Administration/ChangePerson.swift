import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// POST /admin/persons/:person/change. For the system administrator: from a day on this person has
/// another name, number or unit.
struct ChangePerson: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("person", of: Person.self)
        return try await app.submit(form, context, needs: .right(.accounts), at: "name") {
            [app] acting, db in
            var reader = FormReader(form)
            var change = PersonChange(
                number: reader.optional("number"), name: reader.optional("name"),
                unit: reader.optional("unit"), from: acting.today)
            let missing = Wording(zh: "请填写自哪天起。", en: "Fill in from which day on.")
            let from = reader.given(reader.day("from"), "from", missing: missing)
            change.reason = reader.lines("because", atLeast: JoinPerson.reasonCharacters)
            try reader.check()
            if let from { change.from = from }
            guard let person = try PersonStore(db: db).find([id]).first else {
                throw Refusal.notFound
            }
            _ = try app.district.change(person, to: change, by: acting.actor, db)
            return Address.person(id).with("done", "person_changed")
        } again: {
            try await ShowPersons(app: app).page(context, $0)
        }
    }
}

extension ShowPersons {
    /// What somebody was called before, who changed it and why.
    func former(
        _ former: [FormerPerson], _ names: [String: String], _ structure: Structure,
        _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["person_former"], note: words["person_former_note"])
        var table = DeskTable(
            words["person_former"],
            [
                words["person_former_until"], words["person_name"], words["person_number"],
                words["grant_unit"], words["desk_by_whom"], words["person_reason"],
            ], empty: words["person_former_none"])
        for one in former {
            let last = one.changedOn - 1
            let pair = [
                "when": one.changedAt.text, "who": names[one.changedBy] ?? one.changedBy,
            ]
            table.add([
                .day(last.description), .text(one.name), .text(one.number ?? "–"),
                .text(unitName(one.unit, structure, last)), .text(words["desk_by", pair]),
                .text(one.reason),
            ])
        }
        section.table = table
        return section
    }

    /// The form that changes what is known of somebody; what is left empty stays.
    func changing(
        _ person: Person, _ state: FormState, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["person_change"], note: words["person_change_note"])
        section.sheet = FormSheet(
            context.formHead(.change(person.id), keeping: state.form), state,
            [
                state.line("name", words["person_change_name"]),
                state.line("number", words["person_change_number"]),
                state.line("unit", words["person_change_unit"]),
                state.line("from", words["person_change_from"], type: "date", isRequired: true),
                state.lines("because", words["person_reason"], isRequired: true),
            ], submit: words["person_change_go"])
        return section
    }
}
