import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET /admin/accounts?q=&after=. For the system administrator: who can sign in.
/// GET /admin/grants?q=&after=. For the security administrator: the same list, leading to roles.
struct ListAccounts: Sendable {
    let app: Services
    /// Whether the list leads to what accounts may do, and not to the accounts themselves.
    let isForGrants: Bool

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let sought = try query.text("q")
        let keyset = try Keyset(query, parts: 1)
        let found = try await app.database.read { db in
            try AccountDirectory(db: db).search(
                sought, after: keyset.after?.parts[0], limit: keyset.fetch)
        }
        let (rows, next) = keyset.cut(found) { [$0.signIn] }
        let words = app.site.words(context)
        let here: Address = isForGrants ? .grants : .accounts
        var page = DeskPage(
            words[isForGrants ? "grants_title" : "accounts_title"],
            lead: words[isForGrants ? "grants_lead" : "accounts_lead"])
        page.search = DeskSearch(
            action: here.text,
            inputs: [
                FormField(
                    "q", words["accounts_search"], .line(type: "search", autocomplete: "off"),
                    value: sought ?? "")
            ])
        var section = DeskSection(nil)
        if !isForGrants {
            section.add(Link(words["accounts_new"], .newAccount))
        }
        var table = DeskTable(
            page.title,
            [
                words["account_sign_in"], words["account_name"], words["account_office"],
                words["account_state"],
            ], empty: words["accounts_empty"])
        for account in rows {
            table.add([
                .text(
                    account.signIn,
                    to: isForGrants ? .grants(account.id) : .account(account.id)),
                .text(account.name), .text(words.office(account.office)),
                .text(words.state(account)),
            ])
        }
        section.table = table
        page.sections = [section]
        page.pager = keyset.pager(
            next: next, at: here.with("q", sought).with("after", nil))
        return app.site.show(page, context)
    }
}

extension Words {
    func office(_ office: Office?) -> String {
        office.map { self["office_\($0.rawValue)"] } ?? self["office_none"]
    }

    func state(_ account: Account) -> String {
        self[
            account.isDisabled
                ? "account_disabled" : account.password == nil ? "account_invited" : "account_open"]
    }

    /// Some days in words; the second is the first day it holds no longer.
    func days(_ from: Day, _ until: Day?) -> String {
        guard let until else { return self["days_open", ["from": from.description]] }
        return self["days_closed", ["from": from.description, "to": (until - 1).description]]
    }
}
