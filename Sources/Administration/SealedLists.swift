import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /admin/sealed. For the security administrator: the sealed kinds.
/// GET and POST /admin/sealed/:kind. Who may open records of one, by date: puts an account on the
/// list.
/// POST /admin/sealed/:kind/strike/:name. Strikes it off, at once.
struct SealedLists: Sendable {
    let app: Services

    @Sendable func list(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        var page = DeskPage(words["sealed_lists_title"], lead: words["sealed_lists_lead"])
        var section = DeskSection(nil)
        var table = DeskTable(
            page.title, [words["sealed_kind"]], empty: words["sealed_lists_none"])
        for kind in app.district.catalogue.sealedKinds {
            table.add([.text(kind.name[words.language], to: .sealedList(kind.id))])
        }
        section.table = table
        page.sections = [section]
        return app.site.show(page, context)
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(
            context, FormState(context, offering: ["from": app.today.description]))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let kind = try kind(context)
        return try await app.submit(form, context, needs: .right(.grants), at: "account") {
            [app] acting, db in
            try app.list(try Listing(form), on: kind.id, acting, db)
            return Address.sealedList(kind.id).with("done", "name_listed")
        } again: {
            try await page(context, $0)
        }
    }

    @Sendable func strike(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let kind = try kind(context)
        let id = try context.id("name", of: SealedAccessEntry.self)
        return try await app.submit(form, context, needs: .right(.grants)) { [app] acting, db in
            guard try AccountDirectory(db: db).listing(id, on: kind.id) != nil else {
                throw Refusal.notFound
            }
            if try GrantStore(db).strike(id, at: acting.moment, by: acting.actor) {
                try app.audit(db).record(
                    "sealed.struck", id.text, by: acting.actor, at: acting.moment, quietly: true)
            }
            return Address.sealedList(kind.id).with("done", "name_struck")
        }
    }

    fileprivate struct Listing: Sendable {
        let signIn: String
        let from: Day
        let last: Day?

        init(_ form: Form) throws(Refusal) {
            var reader = FormReader(form)
            signIn = reader.line("account")
            let from = reader.firstDay("from")
            last = reader.day("until")
            try reader.check()
            self.from = from ?? .first
        }
    }

    private func kind(_ context: AppContext) throws(Refusal) -> Kind {
        guard let kind = app.district.catalogue.kinds[try context.word("kind")],
            kind.visibility == .sealed
        else { throw .notFound }
        return kind
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let kind = try kind(context)
        let (names, accounts) = try await app.database.read { db in
            let names = try GrantStore(db).names(on: kind.id)
            let ids =
                names.map(\.account.text) + names.map(\.listedBy) + names.compactMap(\.struckBy)
            return (names, try AccountStore(db).names(ids))
        }
        let words = app.site.words(context)
        var page = DeskPage(kind.name[words.language], lead: words["sealed_list_lead"])
        page.sections = [
            table(names, accounts, kind, context, words), form(kind, state, context, words),
        ]
        return app.site.show(
            page, context, trail: [Link(words["sealed_lists_title"], .sealedLists)],
            status: state.status)
    }

    private func table(
        _ names: [SealedAccessEntry], _ accounts: [String: String], _ kind: Kind,
        _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["sealed_list"])
        var table = DeskTable(
            words["sealed_list"],
            [
                words["sealed_account"], words["grant_days"], words["sealed_listed"],
                words["sealed_struck"],
            ], empty: words["sealed_list_none"])
        func by(_ moment: Moment, _ who: String) -> String {
            words["desk_by", ["when": moment.text, "who": accounts[who] ?? who]]
        }
        for name in names {
            table.add([
                .text(accounts[name.account.text] ?? name.account.text),
                .day(words.days(name.from, name.until)),
                .text(by(name.listedAt, name.listedBy)),
                name.struckAt.map { .text(by($0, name.struckBy ?? "")) }
                    ?? .button(
                        FormButton(
                            words["sealed_strike"],
                            context.formHead(.strike(name.id, on: kind.id)))),
            ])
        }
        section.table = table
        return section
    }

    private func form(
        _ kind: Kind, _ state: FormState, _ context: AppContext, _ words: Words
    ) -> DeskSection {
        var section = DeskSection(words["sealed_list_add"])
        section.sheet = FormSheet(
            context.formHead(.sealedList(kind.id), keeping: state.form), state,
            [
                state.line("account", words["account_sign_in"], isRequired: true),
                state.line("from", words["grant_from"], type: "date", isRequired: true),
                state.line(
                    "until", words["grant_until"], type: "date", help: words["grant_until_help"]),
            ], submit: words["sealed_list_go"])
        return section
    }
}

extension Services {
    fileprivate func list(
        _ listing: SealedLists.Listing, on kind: String, _ acting: ActingAccount, _ db: Connection
    ) throws {
        let account = try Services.account(signIn: listing.signIn, at: "account", db)
        let (from, last) = (listing.from, listing.last)
        try requireGrantable(account, by: acting.actor, at: "account")
        try requireDays(from, last, on: acting.today)
        let grants = GrantStore(db)
        let until = last.map { $0 + 1 }
        let names = try grants.names(on: kind)
        // More are not read, so one more would push a standing one out of sight.
        guard names.filter({ $0.struckAt == nil }).count < SealedAccessEntry.perKind else {
            throw Refusal.invalid(
                "account", zh: "名单已有 \(SealedAccessEntry.perKind) 人，请先移出。",
                en: "The list holds \(SealedAccessEntry.perKind) names: strike some first.")
        }
        let isThere = names.contains { name in
            name.account == account.id && name.struckAt == nil
                && (until.map { name.from < $0 } ?? true)
                && (name.until.map { from < $0 } ?? true)
        }
        guard !isThere else {
            throw Refusal.invalid(
                "account", zh: "这些天里该账号已在名单上。",
                en: "The account stands on the list on some of these days already.")
        }
        let id = try grants.list(
            account.id, on: kind, from: from, until: until, at: acting.moment, by: acting.actor)
        try audit(db).record(
            "sealed.listed", id.text, by: acting.actor, at: acting.moment, quietly: true)
    }
}

extension Catalogue {
    /// The kinds whose records are opened one by one, with a reason, in the order of the files.
    var sealedKinds: [Kind] {
        kinds.values.filter { $0.visibility == .sealed }
            .sorted { ($0.file, $0.line) < ($1.file, $1.line) }
    }
}
