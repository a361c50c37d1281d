import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /admin/grants/:account/pass. For the security administrator: gives roles that one
/// account holds, or held until lately, to another one.
struct PassRoles: Sendable {
    let app: Services

    /// How many days back an ended role is still offered: somebody who left has none.
    static let days = 90

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(
            context, FormState(context, offering: ["from": app.today.description]))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.grants), at: "to") {
            [app] acting, db in
            let passing = try Passing(form)
            do {
                return try app.pass(passing, context, acting, db)
            } catch Refusal.invalid(let faults) {
                // What is wrong with a role itself stands beside the account that is to get it.
                throw Refusal.invalid(
                    faults.map { fault in
                        ["from", "until"].contains(fault.place)
                            ? fault : Fault("to", zh: fault.words.zh, en: fault.words.en)
                    })
            }
        } again: {
            try await page(context, $0)
        }
    }

    fileprivate struct Passing: Sendable {
        let to: String
        let from: Day
        let last: Day?
        let grants: Set<String>

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            to = reader.line("to")
            let from = reader.firstDay("from")
            last = reader.day("until")
            grants = Set(form.all("grant"))
            if grants.isEmpty {
                reader.fault("to", zh: "请至少选择一个角色。", en: "Tick at least one role.")
            }
            try reader.check()
            self.from = from ?? .first
        }
    }

    fileprivate static func offered(
        _ account: Account, on today: Day, _ db: Connection
    ) throws -> [Grant] {
        try GrantStore(db).history(of: account.id).filter { grant in
            grant.isOpen(on: today)
                || grant.endedAt.map { today < $0.day + days } ?? false
                || grant.endedAt == nil && grant.until.map { today < $0 + days } ?? false
        }
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let today = app.today
        let (account, grants, structure) = try await app.database.read { [app] db in
            let account = try app.account(context, db)
            return (
                account, try PassRoles.offered(account, on: today, db),
                try app.district.structure(db)
            )
        }
        let words = app.site.words(context)
        let ticked = Set(state.form?.all("grant") ?? [])
        var page = DeskPage(words["grants_pass"], lead: account.name)
        var section = DeskSection(nil, note: words["grants_pass_note"])
        section.sheet = FormSheet(
            context.formHead(.pass(account.id), keeping: state.form), state,
            [
                FormPart(
                    FormPart.Ticks(
                        words["grants_pass_which"],
                        grants.map { grant in
                            let role =
                                app.district.catalogue.roles[grant.role]?
                                .name[words.language] ?? grant.role
                            return FormPart.Ticks.Box(
                                "grant", grant.id.text,
                                role + " · " + unitName(grant.unit, structure, today),
                                isTicked: ticked.contains(grant.id.text))
                        })),
                state.line("to", words["grants_pass_to"], isRequired: true),
                state.line("from", words["grant_from"], type: "date", isRequired: true),
                state.line(
                    "until", words["grant_until"], type: "date", help: words["grant_until_help"]),
            ], submit: words["grants_pass_go"])
        page.sections = [section]
        return app.site.show(
            page, context,
            trail: [
                Link(words["grants_title"], .grants), Link(account.name, .grants(account.id)),
            ], status: state.status)
    }
}

extension Services {
    fileprivate func pass(
        _ passing: PassRoles.Passing, _ context: AppContext, _ acting: ActingAccount,
        _ db: Connection
    ) throws -> Address {
        let account = try account(context, db)
        let other = try Services.account(signIn: passing.to, at: "to", db)
        let offered = try PassRoles.offered(account, on: acting.today, db)
        let chosen = offered.filter { passing.grants.contains($0.id.text) }
        // A ticked one that is not offered was made up, or belongs to somebody else.
        guard other.id != account.id, chosen.count == passing.grants.count else {
            throw Refusal.invalid(
                "to", zh: "请重新选择角色和接收账号。", en: "Choose the roles and the account again.")
        }
        for grant in chosen {
            guard let unit = acting.structure.version(grant.unit, on: passing.from) else {
                throw Refusal.invalid(
                    "to", zh: "首日单位已不存在。", en: "A unit is gone on the first day.")
            }
            try give(
                NewRole(role: grant.role, unit: unit.code, from: passing.from, last: passing.last),
                to: other, acting, db)
        }
        return Address.grants(other.id).with("done", "roles_passed")
    }
}
