import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /admin/accounts/:account/leaving. For the system administrator: everything that
/// rests on somebody who leaves, and its end in one commit.
///
/// Roles are passed on by the security administrator: who makes accounts gives no rights.
struct LeaveAccount: Sendable {
    let app: Services

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, FormState(context))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.accounts), at: "") {
            [app] acting, db in
            let account = try app.account(context, db)
            try app.leave(account, by: acting.actor, at: acting.moment, db)
            return Address.account(account.id).with("done", "account_left")
        } again: {
            try await page(context, $0)
        }
    }

    /// What rests on an account in one snapshot.
    private struct Known: Sendable {
        let account: Account
        let grants: [Grant]
        let kinds: [String]
        let sessions: Int
        let posts: [PersonDirectory.Post]
        let structure: Structure
    }

    private func page(_ context: AppContext, _ state: FormState) async throws -> Response {
        let today = app.today
        let known = try await app.database.read { [app] db in
            let account = try app.account(context, db)
            let roll = AccountDirectory(db: db)
            return Known(
                account: account,
                grants: try GrantStore(db).history(of: account.id).filter { $0.isOpen(on: today) },
                kinds: try roll.listings(of: account.id, on: today).map(\.kind),
                sessions: try roll.sessions(of: account.id),
                posts: try account.person.map {
                    try PersonDirectory(db: db).posts(of: $0, in: app.district)
                } ?? [], structure: try app.district.structure(db))
        }
        let words = app.site.words(context)
        var page = DeskPage(
            words["leaving_title", ["name": known.account.name]], lead: words["leaving_lead"])
        page.sections = [rests(known, words, today), grants(known, words, today)]
        if !known.account.isDisabled {
            var section = DeskSection(words["leaving_end"], note: words["leaving_end_note"])
            section.sheet = FormSheet(
                context.formHead(.account(known.account.id, "leaving"), keeping: state.form),
                state, [], submit: words["leaving_go"])
            page.sections.append(section)
        }
        return app.site.show(
            page, context,
            trail: [
                Link(words["accounts_title"], .accounts),
                Link(known.account.name, .account(known.account.id)),
            ], status: state.status)
    }

    private func rests(_ known: Known, _ words: Words, _ today: Day) -> DeskSection {
        let (catalogue, language) = (app.district.catalogue, words.language)
        var section = DeskSection(words["leaving_rests"])
        section.add(words["account_state"], words.state(known.account))
        section.add(words["account_sessions"], String(known.sessions))
        for kind in known.kinds {
            section.add(
                words["leaving_listed"], catalogue.kinds[kind]?.name[language] ?? kind)
        }
        let held = known.posts.filter { post in
            post.record.happenedOn <= today && (post.last.map { today < $0 } ?? true)
        }
        for post in held {
            section.add(
                words["leaving_post"],
                (catalogue.kinds[post.record.kind]?.name[language] ?? post.record.kind) + " · "
                    + unitName(post.record.unit, known.structure, today),
                to: known.account.person.map { .person($0) })
        }
        if !held.isEmpty { section.sectionNote = words["leaving_post_note"] }
        return section
    }

    private func grants(_ known: Known, _ words: Words, _ today: Day) -> DeskSection {
        var section = DeskSection(words["grants_held"])
        var table = DeskTable(
            words["grants_held"],
            [words["grant_role"], words["grant_unit"], words["grant_days"]],
            empty: words["grants_none"])
        for grant in known.grants {
            let role = app.district.catalogue.roles[grant.role]?.name[words.language]
            table.add([
                .text(role ?? grant.role),
                .text(unitName(grant.unit, known.structure, today)),
                .day(words.days(grant.from, grant.until)),
            ])
        }
        section.table = table
        return section
    }
}

extension Services {
    /// Ends everything that rests on an account: roles, lists, sessions, and the account itself.
    fileprivate func leave(
        _ account: Account, by actor: Actor, at moment: Moment, _ db: Connection
    ) throws {
        try accounts.disable(account, by: actor, at: moment, db)
        let grants = GrantStore(db)
        let audit = audit(db)
        for grant in try grants.history(of: account.id) where grant.isOpen(on: moment.day) {
            guard try grants.end(grant.id, at: moment, by: actor) else { continue }
            try audit.record("role.ended", grant.id.text, by: actor, at: moment, quietly: true)
        }
        for (id, _) in try AccountDirectory(db: db).listings(of: account.id, on: moment.day) {
            guard try grants.strike(id, at: moment, by: actor) else { continue }
            try audit.record("sealed.struck", id.text, by: actor, at: moment, quietly: true)
        }
        try audit.record("account.left", account.id.text, by: actor, at: moment, quietly: true)
    }
}
