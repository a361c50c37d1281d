import Core
import Hummingbird
import Storage

/// GET /health/live and /health/ready. For everybody, for whatever watches the server: whether it
/// answers at all, and whether it can read its database. Strangers learn nothing more.
struct Health: Sendable {
    let site: Site

    static let prefix = "/health/"

    @Sendable func live(_ request: Request, _ context: AppContext) async throws -> Response {
        answer(.ok)
    }

    @Sendable func ready(_ request: Request, _ context: AppContext) async throws -> Response {
        do {
            _ = try await Work.$current.withValue(Work(for: context.client)) {
                try await site.database.glance { try Audit.head($0) }
            }
            return answer(.ok)
        } catch let error as CancellationError {
            throw error
        } catch {
            context.logger.warning("not ready", metadata: ["error": "\(error)"])
            return answer(.serviceUnavailable)
        }
    }

    private func answer(_ status: HTTPResponse.Status) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
        ]
        let word = status == .ok ? "ok\n" : "unavailable\n"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: .init(string: word)))
    }
}
