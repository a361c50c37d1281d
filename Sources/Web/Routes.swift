import Core
import Hummingbird

/// Where the features declare their routes: there is no other way to declare one.
package struct Routes {
    let paths: Router<AppContext>
    let fields: SentFields

    /// Declares a page, and what it asks of its reader.
    package func get(
        _ path: RouterPath, needs need: Need,
        use verb: @escaping @Sendable (Request, AppContext) async throws -> Response
    ) {
        paths.get(path, use: guarded(need, verb))
    }

    /// Declares an address for programs. Everybody may ask; what each of them may know is the
    /// verb's to say.
    func answer(
        _ path: String,
        use verb: @escaping @Sendable (Request, AppContext) async throws -> Response
    ) {
        paths.get(RouterPath(path), use: guarded(.everybody, verb))
    }

    /// Declares what a form is sent to.
    ///
    ///     router.post("sign-in", needs: .everybody,
    ///         fields: ["password": .password, "next": .carried], use: signIn.handle)
    ///
    /// - Parameters:
    ///   - fields: those that are no texts.
    ///   - label: what a field is called, where the catalogue's word `field_…` does not say so.
    package func post(
        _ path: RouterPath, needs need: Need, fields: [String: SentField] = [:],
        label: (@Sendable (AppContext, String) -> Wording?)? = nil,
        use verb: @escaping @Sendable (Request, AppContext) async throws -> Response
    ) {
        self.fields.declare(SentFields.Declaration(fields: fields, label: label), at: path)
        paths.post(path, use: guarded(need, verb))
    }

    /// The door of a route: who is not signed in is sent to sign in, and what somebody may not do
    /// does not exist for them.
    private func guarded(
        _ need: Need,
        _ verb: @escaping @Sendable (Request, AppContext) async throws -> Response
    ) -> @Sendable (Request, AppContext) async throws -> Response {
        { request, context in
            guard context.reader.meets(need) else {
                guard context.reader.account == nil else { throw Refusal.notFound }
                guard request.method == .get || request.method == .head else {
                    throw SignedOut()
                }
                let here = context.address.with(ReaderChoice.languageName, nil)
                    .with(ReaderChoice.modeName, nil)
                return redirection(to: Address("sign-in").with("next", here.text))
            }
            return try await verb(request, context)
        }
    }
}
