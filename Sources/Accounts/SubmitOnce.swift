import Core
import Storage
import Web

extension Accounts {
    /// Takes a form in once, however often it is sent, while whoever sent it still may.
    ///
    /// What they may do is read again inside the write, and what the form made commits with the
    /// word that it was taken in: of two sendings at once, one makes it and both are led there.
    ///
    /// - Parameter need: what the route asks of its reader.
    /// - Returns: what was made, nil when an earlier sending made it, and where to go on.
    /// - Throws: `Refusal.notFound` for anyone who may no longer.
    package func once<Made: Sendable>(
        _ form: Form, _ context: AppContext, needs need: Need,
        _ change: @escaping @Sendable (ActingAccount, Connection) throws -> (Made, Address)
    ) async throws -> (made: Made?, address: Address) {
        try await database.write { db in
            let acting = try acting(context, db)
            guard need.isMet(by: acting.access) else { throw Refusal.notFound }
            return try Submissions(db).once(
                form, of: acting.account.text, at: acting.moment
            ) {
                try change(acting, db)
            }
        }
    }
}
