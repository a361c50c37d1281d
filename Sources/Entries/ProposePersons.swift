import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

extension WriteEntry {
    /// Asks whoever adds persons for those whom the form names and nobody knows, and keeps the form
    /// as a draft, from which it is shown again.
    func propose(_ form: Form, _ kind: Kind, _ context: AppContext) async throws -> Response {
        try await context.mending(form) {
            let draft = try await desk.district.database.write { db in
                try propose(form, kind, context, db)
            }
            return desk.site.redirect(
                to: Address.newEntry(kind.id).with(FormPrefill.draftName, draft.text)
                    .with("done", "person_proposed"))
        } again: {
            try await again(form, kind, $0, context)
        }
    }

    private func propose(
        _ form: Form, _ kind: Kind, _ context: AppContext, _ db: Connection
    ) throws -> Draft.ID {
        let writer = try desk.accounts.acting(context, db)
        try writer.require(kind)
        guard kind.isProposing else { throw Refusal.notFound }
        let origin = try FormPrefill(
            kind: kind.id, of: writer.account.text, at: writer.moment, desk, db,
            named: { form.all($0).first })
        var sheet = EntrySheet(kind, form)
        sheet.resolve(.unit, among: writer.units(for: kind), writer.structure, on: writer.today)
        guard let unit = desk.unit(of: sheet, writer), writer.may(.write, in: unit) else {
            throw Refusal.invalid([
                Fault(
                    kind.label(.unit), at: Heading.unit.name,
                    zh: "请先选择您可以填报的单位，再申请增加人员。",
                    en: "Choose one of your units first, then ask for a person.")
            ])
        }
        let missing = try ChoosePersons(
            writer: writer, catalogue: desk.district.catalogue, db: db
        ).missing(sheet, unit: unit)
        try Refusal.unless(faults(missing, sheet, kind))
        let store = ProposedPersonStore(db, desk.district.sealedKey)
        for (name, _) in missing {
            try store.propose(name, in: unit, by: writer.account, at: writer.moment)
        }
        return try desk.drafts(db, of: writer.account.text).save(
            sheet.said, kind: kind.id, over: origin.draft?.id, key: form.key, at: writer.moment)
    }

    /// What is wrong with the names, each beside its field.
    private func faults(
        _ missing: [(name: String, heading: Heading)], _ sheet: EntrySheet, _ kind: Kind
    ) -> [Fault] {
        guard missing.isEmpty, let role = kind.persons.first else {
            return missing.compactMap { name, heading in
                ProposedPerson.fault(ofName: name).map {
                    Fault(kind.label(heading), at: heading.name, zh: $0.zh, en: $0.en)
                }
            }
        }
        let heading = Heading.person(role.id)
        let isEmpty = kind.persons.allSatisfy { sheet.values[.person($0.id)] == nil }
        return [
            Fault(
                kind.label(heading), at: heading.name,
                zh: isEmpty ? "请填写要增加的人员的完整姓名。" : "所填人员已在名单中，不用申请，可以直接提交。",
                en: isEmpty
                    ? "Write the whole name of whom to add."
                    : "Everybody is known already: submit it.")
        ]
    }
}

extension Refusal {
    fileprivate static func unless(_ faults: [Fault]) throws(Refusal) {
        guard faults.isEmpty else { throw .invalid(faults) }
    }
}
