import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Storage
import TestKit
import Testing
import Web

/// The page for those who write programs, the feeds, and the map of the site.
struct DevelopersTests {
    private static func page(
        _ client: any TestClientProtocol, _ address: String, language: Language = .zh,
        headers: HTTPFields = [:]
    ) async throws -> PageAnswer {
        var headers = headers
        headers[.acceptLanguage] = language.rawValue
        return try await client.execute(uri: address, method: .get, headers: headers) {
            PageAnswer(
                status: Int($0.status.code), text: String(buffer: $0.body), headers: $0.headers)
        }
    }

    // MARK: Commands

    /// A command of the page as the request that `curl` makes of it.
    private struct Command {
        let address: String
        let sendsKey: Bool

        init?(_ text: String) {
            guard text.hasPrefix("curl "),
                let url = text.firstMatch(of: /'(https?:\/\/[^\/']+)?(\/[^']*)'/)
            else { return nil }
            let more = text.matches(of: /--data-urlencode '([^=']+)=([^']*)'/).map { match in
                let allowed = CharacterSet.alphanumerics
                let value =
                    String(match.2).addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
                return "\(match.1)=\(value)"
            }
            let path = String(url.2)
            address = more.isEmpty ? path : path + "?" + more.joined(separator: "&")
            sendsKey = text.contains("Authorization: Bearer $KEY")
        }
    }

    private static func unescaped(_ text: String) -> String {
        [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    private static func commands(_ page: String) throws -> [Command] {
        try page.matches(of: /<pre class="command"><code>([^<]*)<\/code>/).map {
            try #require(Command(unescaped(String($0.1))), "\($0.1)")
        }
    }

    @Test(arguments: Engine.available)
    func everyCommandOfThePageRunsAsItStands(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let api = try await ApiClient(reader.client)
            let officer = try await test.account("officer", role: "organization_officer")
            let made = try await reader.client.submit(
                "/my/keys", ["name": "甲", "reach": "everybody", "days": "30"], as: officer)
            let key = String(
                try #require(made.text.firstMatch(of: /<code>([0-9a-f]{64})<\/code>/)).1)
            for language in Language.allCases {
                let page = try await Self.page(reader.client, "/developers", language: language)
                let commands = try Self.commands(page.text)
                #expect(commands.count == 7 && commands.count(where: \.sendsKey) == 1)
                for command in commands {
                    let found = try await api.get(
                        command.address, key: command.sendsKey ? key : nil)
                    #expect(found["licence"] != .null)
                }
                #expect(page.text.contains(language == .zh ? "未说明" : "not stated"))
            }
        }
    }

    @Test func aDistrictWithoutAnythingHasItsPageToo() async throws {
        try await TestDistrict.with(.sqlite) { test in
            try await test.withSite { client in
                for address in [
                    "/developers", "/feeds/news", "/feeds/reports", "/sitemap.xml", "/robots.txt",
                    "/api/v1/units", "/api/v1/kinds", "/api/v1/indicators",
                ] {
                    #expect(try await Self.page(client, address).status == 200, "\(address)")
                }
                let figures = try await Self.page(client, "/api/v1/figures")
                #expect(figures.status == 409)
            }
        }
    }

    @Test func everyPageLeadsToIt() async throws {
        try await Furnished.with(.sqlite) { _, reader in
            for address in ["/", "/figures", "/units"] {
                let page = try await reader.page(address)
                #expect(page.contains("href=\"/developers\""))
                #expect(page.contains("href=\"/feeds/news\"") == (address == "/"))
            }
        }
    }

    // MARK: Feeds

    @Test(arguments: Engine.available)
    func theNewsHoldPublicRecordsAndNoOthers(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let feed = try await Self.page(reader.client, "/feeds/news")
            #expect(feed.headers[.contentType] == "application/atom+xml; charset=utf-8")
            let entries = feed.text.components(separatedBy: "<entry>").dropFirst()
            #expect(entries.count == 3, "\(feed.text)")
            #expect(feed.text.contains("平安社区") && feed.text.contains("2015-05-04"))
            // Neither what names persons nor what is sealed.
            for word in ["lecture", "aid_pair", "社区作风", "王试甲"] {
                #expect(!feed.text.contains(word), "\(word)")
            }
            let tag = try #require(feed.headers[.eTag])
            let again = try await Self.page(
                reader.client, "/feeds/news", headers: [.ifNoneMatch: tag])
            #expect(again.status == 304 && again.text.isEmpty)
            let english = try await Self.page(reader.client, "/feeds/news", language: .en)
            #expect(english.text.contains("xml:lang=\"en\""))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsTakenBackLeavesTheNews(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let id = try await test.accept(
                "编号,日期,单位,份数,名称\nM-1,2015-06-02,410102001001,3,防火\n", what: "material")
            #expect(try await Self.page(reader.client, "/feeds/news").text.contains("防火"))
            try await test.district.reverseImport(id, by: TestDistrict.actor)
            #expect(try await !Self.page(reader.client, "/feeds/news").text.contains("防火"))
        }
    }

    // MARK: Map of the site

    @Test func theMapNamesPublicPagesThatAreThere() async throws {
        try await Furnished.with(.sqlite) { _, reader in
            let map = try await Self.page(reader.client, "/sitemap.xml")
            #expect(map.headers[.contentType] == "application/xml; charset=utf-8")
            let places = map.text.matches(of: /<loc>(?:https?:\/\/[^\/<]+)?(\/[^<]*)<\/loc>/)
                .map { Self.unescaped(String($0.1)) }
            #expect(places.count > 100 && Set(places).count == places.count)
            for place in places {
                let status = try await Self.page(reader.client, place).status
                #expect(status == 200, "\(place)")
            }
            let robots = try await Self.page(reader.client, "/robots.txt")
            #expect(robots.text.contains("/sitemap.xml") && robots.text.contains("Disallow: /api/"))
        }
    }
}
