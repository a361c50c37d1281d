import Accounts
import Core
import Hummingbird
import Storage
import Web

extension Services {
    /// Takes a form in once and leads on to what it made; what its sender can mend is shown again
    /// in the form, filled in, beside its fields.
    ///
    ///     let form = try await context.form(request)
    ///     return try await app.submit(form, context, needs: .right(.grants), at: "role") {
    ///         acting, db in
    ///         let role = try NewRole(form)
    ///         …
    ///         return .grants(account.id)
    ///     } again: { state in
    ///         try await page(context, state)
    ///     }
    ///
    /// - Parameters:
    ///   - place: the field beside which a conflict stands; above the form unless given.
    ///   - again: the page with the form, as it came and with what is wrong.
    package func submit(
        _ form: Form, _ context: AppContext, needs need: Need, at place: String = "",
        _ change: @escaping @Sendable (ActingAccount, Connection) throws -> Address,
        again: (FormState) async throws -> Response
    ) async throws -> Response {
        try await context.mending(form, at: place) {
            let done = try await accounts.once(form, context, needs: need) { acting, db in
                (true, try change(acting, db))
            }
            return site.redirect(to: done.address)
        } again: {
            try await again($0)
        }
    }

    /// The same for a form that is nothing but its button: what it cannot do is a page of its own.
    package func submit(
        _ form: Form, _ context: AppContext, needs need: Need,
        _ change: @escaping @Sendable (ActingAccount, Connection) throws -> Address
    ) async throws -> Response {
        let done = try await accounts.once(form, context, needs: need) { acting, db in
            (true, try change(acting, db))
        }
        return site.redirect(to: done.address)
    }
}
