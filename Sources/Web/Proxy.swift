import Core
import Foundation
import Hummingbird

/// A proxy of ours, by the address it connects from.
package struct Proxy: Sendable, Hashable {
    private let bytes: [UInt8]

    /// Nil for what is no address of IPv4 or IPv6: a name could come to mean another machine.
    package init?(_ address: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, address, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, address, &six) == 1 {
            let all = withUnsafeBytes(of: &six) { Array($0) }
            // One of IPv4 that is written in IPv6 is what it is.
            let isFour = all.prefix(10).allSatisfy { $0 == 0 } && all[10...11] == [0xFF, 0xFF]
            bytes = isFour ? Array(all.suffix(4)) : all
        } else {
            return nil
        }
    }
}

/// Answers only what comes through a proxy of ours, where one is named: whoever comes past it could
/// write any sender and speak plain HTTP.
struct ThroughProxy: RouterMiddleware {
    let proxies: Set<Proxy>

    func handle(
        _ request: Request, context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard proxies.isEmpty || Proxy(context.peer).map(proxies.contains) == true else {
            throw Refusal.notAllowed
        }
        return try await next(request, context)
    }
}
