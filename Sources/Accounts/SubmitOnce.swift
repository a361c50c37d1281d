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
            let (submissions, account) = (Submissions(db), acting.account.text)
            if let earlier = try submissions.earlier(account: account, key: form.key) {
                return (nil, Address(local: earlier) ?? .mine)
            }
            let (made, address) = try change(acting, db)
            try submissions.remember(
                account: account, key: form.key, address: address.text, at: acting.moment)
            return (made, address)
        }
    }
}
