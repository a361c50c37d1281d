import Accounts
import Core
import Hummingbird
import Storage
import Web

/// POST /admin/grants/:account/codes. For the security administrator: takes the codes of a lost
/// telephone away.
///
/// A new password is the system administrator's to hand out, so that neither of them alone comes
/// into an account that has codes.
struct TakeCodes: Sendable {
    let desk: Desk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        return try await desk.redirecting(form, context, .grants) { [desk] db, _ in
            let account = try desk.account(context, db)
            try desk.requireWorker(account)
            try desk.accounts.resetCodes(of: account, by: context.actor, db)
            return Address.grants(account.id).with("done", "codes_reset")
        }
    }
}
