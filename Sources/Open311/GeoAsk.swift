import Core
import Foundation
import Hummingbird
import Web

/// The arguments of a call: those of its address, or those that were posted. One that is empty is
/// as if it was not there.
struct GeoAsk: Sendable {
    private let pairs: [(name: String, value: String)]

    /// The most of a list of ids or codes.
    static let mostListed = 100
    /// The most arguments of a call.
    static let mostArguments = 100

    init(_ pairs: [(name: String, value: String)]) {
        self.pairs = pairs.filter { !$0.value.isEmpty }
    }

    init(_ request: Request) throws(GeoErrors) {
        try self.init(text: request.uri.query ?? "")
    }

    /// Reads a body, which is a form.
    static func posted(_ request: Request, _ context: AppContext) async throws -> GeoAsk {
        let type = (request.headers[.contentType] ?? "").lowercased()
        guard type.hasPrefix("application/x-www-form-urlencoded") else {
            throw GeoErrors(
                .badRequest, "content_type_invalid",
                zh: "内容类型应为 application/x-www-form-urlencoded。",
                en: "The content type is application/x-www-form-urlencoded.")
        }
        var bytes: [UInt8] = []
        for try await part in request.body {
            bytes += part.readableBytesView
            guard bytes.count <= bodyBytes else {
                throw GeoErrors(
                    .badRequest, "body_too_long", zh: "内容过长，最多\(bodyBytes)字节。",
                    en: "The body is too long: \(bodyBytes) bytes at most.")
            }
        }
        return try GeoAsk(text: String(decoding: bytes, as: UTF8.self))
    }

    /// The longest body, in bytes.
    static let bodyBytes = 65_536

    private init(text: String) throws(GeoErrors) {
        func decoded(_ part: Substring) -> String {
            let text = String(part.replacing("+", with: " "))
            return text.removingPercentEncoding ?? text
        }
        let pairs = text.split(separator: "&").map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                name: decoded(sides[0]),
                value: sides.count > 1 ? decoded(sides[1]).trimmingCharacters(in: .whitespaces) : ""
            )
        }
        guard pairs.count <= Self.mostArguments else {
            throw GeoErrors(
                .badRequest, "too_many_arguments", zh: "参数过多，最多\(Self.mostArguments)个。",
                en: "There are too many arguments: \(Self.mostArguments) at most.")
        }
        self.init(pairs)
    }

    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The names that begin so.
    func names(beginning prefix: String) -> [String] {
        pairs.map(\.name).filter { $0.hasPrefix(prefix) }
    }

    /// What is written with commas between; nil where it is not asked.
    func list(_ name: String) throws(GeoErrors) -> [String]? {
        guard let text = self[name] else { return nil }
        let parts = text.split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }.filter { !$0.isEmpty }
        guard parts.count <= Self.mostListed else {
            throw .invalid(
                name, zh: "\(name) 最多写\(Self.mostListed)项。",
                en: "\(name) names \(Self.mostListed) at most.")
        }
        return parts
    }

    func moment(_ name: String) throws(GeoErrors) -> Moment? {
        guard let text = self[name] else { return nil }
        guard let moment = GeoTime.read(text) else {
            throw .invalid(
                name, zh: "\(name) 应写作 2026-03-04T09:05:00+08:00，须带时区。",
                en: "Write \(name) like 2026-03-04T09:05:00+08:00, with its zone.")
        }
        return moment
    }

    /// A number from 1 on; nil where it is not asked.
    func count(_ name: String, most: Int) throws(GeoErrors) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), (1...most).contains(number) else {
            throw .invalid(
                name, zh: "\(name) 是1至\(most)的整数。", en: "\(name) is a number from 1 to \(most).")
        }
        return number
    }
}
