import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// POST /admin/persons/:person/change. For the system administrator: from a day on this person has
/// another name, number or unit.
struct ChangePerson: Sendable {
    let desk: Desk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let id = try context.id("person", of: Person.self)
        let (draft, unread) = Self.read(form)
        var faults = unread
        if let draft {
            do {
                return try await desk.redirecting(form, context, .accounts) { [desk] db, _ in
                    guard let person = try PersonStore(db: db).find([id]).first else {
                        throw Refusal.notFound
                    }
                    _ = try desk.district.change(person, to: draft, by: context.actor, db)
                    return Address.person(id).with("done", "person_changed")
                }
            } catch {
                // Beside their fields, which files and terminals call otherwise.
                faults = try desk.faults(error, at: "name").map { fault in
                    Fault(fault.field ?? fault.place, zh: fault.words.zh, en: fault.words.en)
                }
            }
        }
        return try await ShowPersons(desk: desk).page(
            context, Filled(context.language, form, faults))
    }

    private static func read(_ form: Form) -> (PersonDraft?, [Fault]) {
        var reader = FormReader(form)
        let name = reader.optional("name")
        let number = reader.optional("number")
        let unit = reader.optional("unit")
        let from = reader.day("from")
        if from == nil, !reader.faults.contains(where: { $0.place == "from" }) {
            reader.fault("from", zh: "请填写自哪天起。", en: "Fill in from which day on.")
        }
        let because = reader.lines("because", atLeast: JoinPerson.reasonCharacters)
        guard reader.faults.isEmpty, let from, let because else { return (nil, reader.faults) }
        return (
            PersonDraft(number: number, name: name, unit: unit, from: from, reason: because), []
        )
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
        _ person: Person, _ filled: Filled, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["person_change"], note: words["person_change_note"])
        section.sheet = FormSheet(
            context.formHead(.change(person.id), keeping: filled.form), filled,
            [
                filled.line("name", words["person_change_name"]),
                filled.line("number", words["person_change_number"]),
                filled.line("unit", words["person_change_unit"]),
                filled.line("from", words["person_change_from"], type: "date", isRequired: true),
                filled.lines("because", words["person_reason"]),
            ], submit: words["person_change_go"])
        return section
    }
}
