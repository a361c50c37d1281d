import Core
import Hummingbird

/// One line for each thing that somebody who is signed in was refused: what they may not do, what
/// is not there for them, what no longer fits. Whoever tries one identity after another is seen.
///
/// The line says the account, the route and the status, and neither what stood in the places of
/// the route nor anything of the form. The doors have passed, so the reader is known here.
struct RefusalLog: RouterMiddleware {
    private static let noted: Set<HTTPResponse.Status> = [.forbidden, .notFound, .conflict]

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        do {
            let response = try await next(request, context)
            note(response.status, request, context)
            return response
        } catch let refusal as Refusal {
            note(ErrorPage(refusal).status, request, context)
            throw refusal
        }
    }

    private func note(
        _ status: HTTPResponse.Status, _ request: Request, _ context: AppContext
    ) {
        guard let account = context.reader.account, Self.noted.contains(status) else { return }
        context.logger.warning(
            "refused",
            metadata: [
                "account": "\(account)", "method": "\(request.method)",
                "path": "\(context.endpointPath ?? "-")", "status": "\(status.code)",
            ])
    }
}
