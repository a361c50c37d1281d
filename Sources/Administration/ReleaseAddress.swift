import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /admin/releases. For the security administrator: the addresses for passwords that wait.
/// POST /admin/releases/:key. Lets one open what it was made for.
/// POST /admin/releases/:key/refusal. Takes one away.
///
/// Who makes an account or a new address for it could use the address themselves, so that nobody
/// comes into an account by one office alone.
struct ReleaseAddress: Sendable {
    let app: Services

    /// The most addresses on the page; the others follow when these are dealt with.
    static let shown = 20

    @Sendable func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let known = try await known()
        let words = app.site.words(context)
        var page = DeskPage(words["releases_title"], lead: words["releases_lead"])
        page.sections = known.waiting.prefix(Self.shown).map { section($0, known, context, words) }
        if known.waiting.isEmpty {
            page.sections = [DeskSection(nil, note: words["releases_none"])]
        } else if known.waiting.count > Self.shown {
            page.sections.append(
                DeskSection(
                    nil, note: words["releases_more", ["count": String(Self.shown)]]))
        }
        return app.site.show(page, context)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let key = try context.word("key")
        return try await app.submit(form, context, needs: .right(.grants)) { [app] acting, db in
            try app.accounts.release(key, by: acting.actor, db)
            return Address.releases.with("done", "address_released")
        }
    }

    @Sendable func refuse(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let key = try context.word("key")
        return try await app.submit(form, context, needs: .right(.grants)) { [app] acting, db in
            try app.accounts.refuse(key, by: acting.actor, db)
            return Address.releases.with("done", "address_refused")
        }
    }

    /// What is known in one snapshot.
    private struct Known: Sendable {
        let waiting: [Line]
        let makers: [String: String]
        let structure: Structure
    }

    /// An address, and what whoever opens it could do.
    private struct Line: Sendable {
        let address: WaitingAddress
        let person: Person?
        let access: Access
    }

    private func known() async throws -> Known {
        let moment = app.district.now()
        return try await app.database.read { [app] db in
            let waiting = try AccountDirectory(db: db).waiting(at: moment, limit: Self.shown + 1)
            let lines = try waiting.map { address in
                Line(
                    address: address,
                    person: try address.account.person.flatMap {
                        try PersonDirectory(db: db).find($0)
                    },
                    access: try app.accounts.access(of: address.account, on: moment.day, db))
            }
            return Known(
                waiting: lines,
                makers: try AccountStore(db).names(waiting.map(\.madeBy)),
                structure: try app.district.structure(db))
        }
    }

    private func section(
        _ line: Line, _ known: Known, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        let (address, account) = (line.address, line.address.account)
        var section = DeskSection(account.name)
        section.add(words["account_sign_in"], account.signIn, to: .grants(account.id))
        section.add(words["account_person"], person(line.person, known, words))
        section.add(words["release_roles"], roles(line.access, known, words))
        section.add(words["release_purpose"], words["release_\(address.purpose.rawValue)"])
        section.add(
            words["release_made"],
            words[
                "desk_by",
                [
                    "when": address.madeAt.text,
                    "who": known.makers[address.madeBy] ?? address.madeBy,
                ]])
        section.add(words["release_until"], address.endsAt.text)
        section.buttons = [
            FormButton(words["release_go"], context.formHead(.release(address.digest))),
            FormButton(words["release_refuse"], context.formHead(.refusal(address.digest))),
        ]
        return section
    }

    private func person(_ person: Person?, _ known: Known, _ words: Words) -> String {
        guard let person else { return words["account_nobody"] }
        let parts = [
            person.name, person.number, unitName(person.unit, known.structure, app.today),
        ]
        return parts.compactMap { $0 }.joined(separator: words["desk_comma"])
    }

    /// The roles that the account holds by post or by grant, each once with its unit.
    private func roles(_ access: Access, _ known: Known, _ words: Words) -> String {
        var said: [String] = []
        for holding in access.holdings {
            let role = app.district.catalogue.roles[holding.role]?.name[words.language]
            let unit = holding.unit
                .map { unitName($0, known.structure, app.today) }
            let held = words[
                "release_role", ["role": role ?? holding.role, "unit": unit ?? "–"]]
            if !said.contains(held) { said.append(held) }
        }
        return said.isEmpty ? words["release_no_role"] : said.joined(separator: words["desk_comma"])
    }
}
