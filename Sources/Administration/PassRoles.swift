import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET and POST /admin/grants/:account/pass. For the security administrator: gives roles that one
/// account holds, or held until lately, to another one.
struct PassRoles: Sendable {
    let desk: Desk

    /// How many days back an ended role is still offered: somebody who left has none.
    static let days = 90

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(
            context, Filled(context.language, offering: ["from": desk.today.description]))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let (draft, unread) = PassRoles.read(form)
        var faults = unread
        if let draft {
            do {
                return try await pass(draft, form, context)
            } catch {
                // What is wrong with a role itself stands beside the account that is to get it.
                faults = try desk.faults(error, at: "to").map { fault in
                    ["from", "until"].contains(fault.place)
                        ? fault : Fault("to", zh: fault.words.zh, en: fault.words.en)
                }
            }
        }
        return try await page(context, Filled(context.language, form, faults))
    }

    private struct Draft: Sendable {
        let to: String
        let from: Day
        let last: Day?
        let grants: Set<String>
    }

    private static func read(_ form: Form) -> (Draft?, [Fault]) {
        var reader = FormReader(form)
        let to = reader.line("to")
        let from = reader.day("from")
        let last = reader.day("until")
        let grants = Set(form.all("grant"))
        if grants.isEmpty {
            reader.fault("to", zh: "请至少选择一个角色。", en: "Tick at least one role.")
        }
        if from == nil, !reader.faults.contains(where: { $0.place == "from" }) {
            reader.fault("from", zh: "请填写首日。", en: "Fill in the first day.")
        }
        guard reader.faults.isEmpty, let to, let from else { return (nil, reader.faults) }
        return (Draft(to: to, from: from, last: last, grants: grants), [])
    }

    private func pass(
        _ draft: Draft, _ form: Form, _ context: AppContext
    ) async throws -> Response {
        try await desk.redirecting(form, context, .grants) { [desk] db, moment in
            let account = try desk.account(context, db)
            let other = try Desk.account(signIn: draft.to, at: "to", db)
            let offered = try PassRoles.offered(account, on: moment.day, db)
            let chosen = offered.filter { draft.grants.contains($0.id.text) }
            // A ticked one that is not offered was made up, or belongs to somebody else.
            guard other.id != account.id, chosen.count == draft.grants.count else {
                throw Refusal.invalid(
                    "to", zh: "请重新选择角色和接收账号。", en: "Choose the roles and the account again.")
            }
            let structure = try desk.district.structure(db)
            for grant in chosen {
                guard let unit = structure.version(grant.unit, on: draft.from) else {
                    throw Refusal.invalid(
                        "to", zh: "首日单位已不存在。", en: "A unit is gone on the first day.")
                }
                try desk.give(
                    RoleDraft(
                        role: grant.role, unit: unit.code, from: draft.from, last: draft.last),
                    to: other, by: context.actor, at: moment, db)
            }
            return Address.grants(other.id).with("done", "roles_passed")
        }
    }

    private static func offered(
        _ account: Account, on today: Day, _ db: Connection
    ) throws -> [Grant] {
        try GrantStore(db).history(of: account.id).filter { grant in
            grant.isOpen(on: today)
                || grant.endedAt.map { today < $0.day + days } ?? false
                || grant.endedAt == nil && grant.until.map { today < $0 + days } ?? false
        }
    }

    private func page(_ context: AppContext, _ filled: Filled) async throws -> Response {
        let today = desk.today
        let (account, grants, structure) = try await desk.database.read { [desk] db in
            let account = try desk.account(context, db)
            return (
                account, try PassRoles.offered(account, on: today, db),
                try desk.district.structure(db)
            )
        }
        let words = desk.site.words(context)
        let ticked = Set(filled.form?.all("grant") ?? [])
        var page = DeskPage(words["grants_pass"], lead: account.name)
        var section = DeskSection(nil, note: words["grants_pass_note"])
        section.sheet = FormSheet(
            context.formHead(.pass(account.id), keeping: filled.form), filled,
            [
                FormSheet.Part(
                    FormSheet.Ticks(
                        ticksLabel: words["grants_pass_which"],
                        boxes: grants.map { grant in
                            let role =
                                desk.district.catalogue.roles[grant.role]?
                                .name[words.language] ?? grant.role
                            return FormSheet.Ticks.Box(
                                boxName: "grant", boxValue: grant.id.text,
                                boxLabel: role + " · " + unitName(grant.unit, structure, today),
                                isTicked: ticked.contains(grant.id.text))
                        })),
                filled.line("to", words["grants_pass_to"], isRequired: true),
                filled.line("from", words["grant_from"], type: "date", isRequired: true),
                filled.line(
                    "until", words["grant_until"], type: "date", help: words["grant_until_help"]),
            ], submit: words["grants_pass_go"])
        page.sections = [section]
        return desk.site.show(
            page, context,
            trail: [
                Link(words["grants_title"], .grants), Link(account.name, .grants(account.id)),
            ], status: filled.summary == nil ? .ok : .unprocessableContent)
    }
}
