import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Storage
import TestKit
import Web

/// The project's root, found from this file.
let root = String(#filePath.components(separatedBy: "/Tests/WebTests/")[0])

func loadTerms() throws -> Terms { try Terms(folders: [root + "/Catalogue"]) }
func loadAssets() throws -> Assets { try Assets(folder: root + "/Public") }

/// What a thrown error becomes: each address of the fixture throws one.
let thrown: [String: any Error & Sendable] = [
    "refused": Refusal.notAllowed,
    "hidden": Refusal.notFound,
    "conflict": Refusal.conflict(zh: "该单位已撤销。", en: "The unit was abolished."),
    "invalid": Refusal.invalid("period", zh: "没有这个期间。", en: "There is no such period."),
    "busy": DatabaseError.queueFull,
    "full": DatabaseError.diskFull,
    "unknown": DatabaseError.outcomeUnknown,
    "broken": DatabaseError.other(code: "42P01", message: "relation secret_table"),
    "surprise": Surprise(secret: "/srv/secret"),
]

/// Runs until it is stopped.
private let endless: SQL = """
    WITH RECURSIVE number (n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2000000000
    ) SELECT count(*) FROM number
    """

struct Surprise: Error, Sendable { let secret: String }

/// What the check says of the layout, filled in as it can be.
private func layoutFaults(_ site: Site, _ context: AppContext) -> String {
    let frame = Frame(
        page: StylePage(.zh), contentHTML: "", site: site, context: context,
        trail: [Link("a", Address())], stamp: Stamp(position: 1, at: .now()))
    return TemplateCheck.faults(
        template: "layout", page: frame, templates: site.templates,
        words: site.words(context)
    ).joined(separator: "\n")
}

/// A site with the style page and the addresses that throw, answered through the real router.
struct Fixture {
    let log = CapturedLog()
    let site: Site
    /// Signalled when the endless page was given up because nobody waited for it.
    let leftEarly: DispatchSemaphore
    private let features: [Feature]
    private let folder: URL

    init(
        hostile: String = "二七路街道", isBehindProxy: Bool = false, proxies: Set<Proxy> = [],
        now: @escaping @Sendable () -> Moment = { Moment(milliseconds: 1_448_000_000_000) }
    ) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("groundwork-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let leftEarly = DispatchSemaphore(value: 0)
        self.leftEarly = leftEarly
        let failing = Feature(name: "failing") { router, site in
            router.get("check/layout", needs: .everybody) { request, context in
                var context = context
                context.address = context.address.with("done", "signed_out")
                return layoutFaults(site, context).response(from: request, context: context)
            }
            for (name, error) in thrown {
                router.get("throws/\(name)", needs: .everybody) { _, _ -> Response in throw error }
            }
            router.get("throws/forged", needs: .everybody) { request, context -> Response in
                _ = try await context.form(request)
                return Response(status: .noContent)
            }
            router.post("sent", needs: .everybody) { request, context -> Response in
                _ = try await context.form(request)
                return Response(status: .noContent)
            }
            router.get("endless", needs: .everybody) { _, _ -> Response in
                do {
                    try await site.database.read { _ = try $0.first(endless) }
                } catch let error as CancellationError {
                    leftEarly.signal()
                    throw error
                }
                return Response(status: .noContent)
            }
            router.get("dear", needs: .everybody) { _, _ -> Response in
                Work.current?.add(.seconds(10))
                return Response(status: .noContent)
            }
            router.get("records/:id", needs: .everybody) { _, context -> Response in
                _ = try context.id("id", of: Surprise.self)
                return Response(status: .noContent)
            }
        }
        features = [try styleFeature(in: folder, hostile: hostile), failing]
        site = try Site(
            features: features,
            database: Database(.sqlite(path: folder.path + "/web.sqlite")),
            terms: loadTerms(), assets: loadAssets(), now: now,
            notice: Wording(zh: "示范数据，人物均为虚构。", en: "All persons are fictional."),
            isBehindProxy: isBehindProxy, proxies: proxies)
    }

    func get(
        _ address: String, method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await visit { try await $0.ask(address, method: method, headers) }
    }

    /// Runs the body with a client: what one asks is counted with what they asked before.
    func visit<T: Sendable>(
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> T
    ) async throws -> T {
        let log = log
        var logger = Logger(label: "test") { _ in log.handler }
        logger.logLevel = .info
        let app = Application(
            router: makeRouter(site: site, features: features), logger: logger)
        return try await app.test(.router, body)
    }

    /// Serves on a port of its own, while the body speaks over the network.
    func serve(
        times: ConnectionTimes = ConnectionTimes(),
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let log = log
        var logger = Logger(label: "test") { _ in log.handler }
        logger.logLevel = .info
        let (ports, port) = AsyncStream<Int>.makeStream()
        let app = Application(
            router: makeRouter(site: site, features: features),
            server: .guarded(site, times: times),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.run() }
            for await number in ports {
                try await body(number)
                break
            }
            group.cancelAll()
        }
    }

    func close() {
        site.database.close()
        try? FileManager.default.removeItem(at: folder)
    }
}

extension TestClientProtocol {
    func ask(
        _ address: String, method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await execute(uri: address, method: method, headers: headers) {
            Answer(
                status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body),
                bytes: Array($0.body.readableBytesView))
        }
    }
}

struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String
    let bytes: [UInt8]

    /// A header by its plain name.
    subscript(name: String) -> String? {
        headers.first { $0.name.rawName.lowercased() == name.lowercased() }?.value
    }
}
