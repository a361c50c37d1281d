import Accounts
import Core
import Hummingbird
import Ledger
import Storage
import Web

/// POST /admin/grants/:account/codes. For the security administrator: takes the codes of a lost
/// telephone away.
///
/// A new password is the system administrator's to hand out, so that neither of them alone comes
/// into an account that has codes.
struct TakeCodes: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .right(.grants)) { [app] acting, db in
            let account = try app.account(context, db)
            try app.requireWorker(account)
            try app.accounts.resetCodes(of: account, by: acting.actor, db)
            return Address.grants(account.id).with("done", "codes_reset")
        }
    }
}
