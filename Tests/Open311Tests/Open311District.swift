import Core
import Foundation
import FoundationXML
import HTTPTypes
import HummingbirdTesting
import Ledger
import Open311
import Organization
import Requests
import Storage
import TestKit
import Testing

/// A small district whose requests a program reads and files.
struct Open311District: Sendable {
    let test: TestDistrict
    let client: any TestClientProtocol
    let clock: TestClock

    /// 7 July 2026, noon in the district.
    static let noon = Moment(milliseconds: 1_783_396_800_000)
    static let root = "/open311/v2"
    static let community = "410102001001"
    static let grid = "410102001001001"
    /// What nobody but those who work on it may read.
    static let words = "三单元张大妈家门口的垃圾没人收"

    static func with(
        _ engine: Engine, _ body: @escaping @Sendable (Open311District) async throws -> Void
    ) async throws {
        let clock = TestClock(noon)
        try await TestDistrict.with(engine, now: { clock.moment }) { test in
            try await test.foundSmallDistrict()
            try await test.withSite { client in
                try await body(Open311District(test: test, client: client, clock: clock))
            }
        }
    }

    func get(_ address: String, language: Language = .zh) async throws -> PageAnswer {
        try await client.page(Self.root + "/" + address, language: language)
    }

    /// Sends a form as a program does, without a session or a token.
    func post(_ fields: [(String, String)], to file: String = "requests.json") async throws
        -> PageAnswer
    {
        try await client.send(Self.root + "/" + file, fields, language: .en)
    }

    /// A key that is good for some days.
    func key(days: Int = 30) async throws -> String {
        try await test.district.makeWritingKey(
            named: "市民客户端", days: days, by: TestDistrict.actor
        ).secret
    }

    /// Files a request as somebody at the page does.
    @discardableResult
    func filed(_ service: String = "garbage") async throws -> Filed {
        let requests = try Requests(test.district)
        let structure = try await test.district.structure()
        let unit = try #require(structure.unit(code: Self.grid, on: clock.moment.day))
        var filing = Filing(service: service, place: unit.unit, words: Self.words)
        filing.contact = "13800000000"
        return try await requests.file(filing, by: .requester, form: UUID().uuidString)
    }

    /// The filing of a program, with a key.
    static func filing(_ key: String, _ changes: [(String, String)] = []) -> [(String, String)] {
        let names = Set(changes.map(\.0))
        let usual = [
            ("api_key", key), ("service_code", "garbage"), ("address_id", community),
            ("description", words), ("phone", "13800000000"),
        ]
        return usual.filter { !names.contains($0.0) } + changes
    }
}

/// What an XML document holds: paths of elements with the texts at their ends.
final class ReadXML: NSObject, XMLParserDelegate {
    private(set) var found: [(path: String, text: String)] = []
    private var path: [String] = []
    private var text = ""

    /// Nil for what is no XML.
    static func read(_ document: String) -> [(path: String, text: String)]? {
        let reader = ReadXML()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = reader
        return parser.parse() ? reader.found : nil
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        path.append(name)
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        found.append((path.joined(separator: "/"), text))
        path.removeLast()
        text = ""
    }
}
