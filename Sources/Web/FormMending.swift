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
        var state: FormState
        do {
            return try await answer()
        } catch Refusal.invalid(let faults) {
            state = FormState(self, form, faults)
        } catch Refusal.conflict(let words) {
            state = FormState(self, form, [Fault(place, words)])
            state.isConflict = true
        }
        return try await again(state)
    }
}
