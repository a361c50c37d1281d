import Core
import Hummingbird

extension AppContext {
    /// Answers a form, and shows it again with what its sender can mend.
    ///
    ///     return try await context.mending(form) {
    ///         try await change(…)
    ///         return site.redirect(to: .mine)
    ///     } again: { state in
    ///         page(context, state)
    ///     }
    ///
    /// - Parameters:
    ///   - place: the field beside which a conflict stands; above the form unless given.
    ///   - again: the page with the form, as it came and with what is wrong.
    package func mending(
        _ form: Form, at place: String = "", _ answer: () async throws -> Response,
        again: (FormState) async throws -> Response
    ) async throws -> Response {
        do {
            return try await answer()
        } catch let refusal as Refusal {
            guard let state = FormState(self, form, refusal, at: place) else { throw refusal }
            return try await again(state)
        }
    }
}
