import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// POST /admin/accounts/:account/disable, /enable, /sessions, /invite and /person. For the system
/// administrator.
struct ChangeAccount: Sendable {
    let app: Services

    @Sendable func disable(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.accounts)) {
            [app] acting, db in
            let account = try app.account(context, db)
            try app.accounts.disable(account, by: acting.actor, at: acting.moment, db)
            return Address.account(account.id).with("done", "account_disabled")
        }
    }

    @Sendable func enable(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.accounts)) {
            [app] acting, db in
            let account = try app.account(context, db)
            guard account.office == nil || account.person != nil || account.isDemonstration else {
                throw Refusal.conflict(
                    zh: "管理员账号未关联到人员，不能启用。",
                    en: "No person is linked to this administrator: it cannot be enabled.")
            }
            if account.isDisabled {
                if let person = account.person {
                    try AccountStore(db).requireSeparation(
                        person, office: account.office, beside: account.id)
                }
                try AccountStore(db).enable(account.id)
                try app.audit(db).record(
                    "account.enabled", account.id.text, by: acting.actor, at: acting.moment,
                    quietly: true)
            }
            return Address.account(account.id).with("done", "account_enabled")
        }
    }

    @Sendable func endSessions(
        _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.accounts)) {
            [app] acting, db in
            let account = try app.account(context, db)
            try SessionStore(db).endAll(of: account.id)
            try app.audit(db).record(
                "session.ended", account.id.text, by: acting.actor, at: acting.moment, quietly: true
            )
            return Address.account(account.id).with("done", "sessions_ended")
        }
    }

    /// Who has no password yet is invited again; who has one can choose a new one.
    @Sendable func invite(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let done = try await app.accounts.once(form, context, needs: .right(.accounts)) {
            [app] acting, db in
            let account = try app.account(context, db)
            guard !account.isDisabled else {
                throw Refusal.conflict(
                    zh: "账号已停用，请先启用。", en: "The account is disabled: enable it first.")
            }
            try app.requireWorker(account)
            let made = try app.accounts.inviteAgain(account, by: acting.actor, db)
            return (
                Invitation(
                    account: account.id, name: account.name, secret: made.secret,
                    purpose: made.purpose), .account(account.id)
            )
        }
        return app.show(done.made, else: done.address, context)
    }

    @Sendable func setPerson(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.accounts), at: "person") {
            [app] acting, db in
            let account = try app.account(context, db)
            let person = try form.text("person").map {
                try Services.person(number: $0, at: "person", db)
            }
            try app.requireWorker(account)
            if let person, person.id != account.person {
                try app.requireUnopened(account, db)
            }
            try app.accounts.setPerson(person?.id, of: account, by: acting.actor, db)
            return Address.account(account.id).with("done", "account_person_set")
        } again: {
            try await ShowAccount(app: app).page(context, $0)
        }
    }
}

extension Services {
    /// Keeps what opens an administrator's account away from the pages: whoever got its link in
    /// hand would hold that office beside their own.
    ///
    /// - Throws: `Refusal.conflict`.
    func requireWorker(_ account: Account) throws {
        guard account.office == nil else {
            throw Refusal.conflict(
                zh: "管理员账号只能在服务器上用命令变更。",
                en: "Administrators' accounts are changed by the command on the machine.")
        }
    }

    /// Links nobody to an account that somebody uses: what the posts of the person bring would be
    /// in the hands of whoever that is, released by nobody.
    ///
    /// - Throws: `Refusal.invalid` beside the field “person”.
    fileprivate func requireUnopened(_ account: Account, _ db: Connection) throws {
        guard try !AccountStore(db).isOpened(account.id) else {
            throw Refusal.invalid(
                "person", zh: "账号已启用，不能再在网页上关联人员；请为此人新建账号。",
                en: "The account is in use: nobody is linked to it here. Make the person another.")
        }
    }
}
