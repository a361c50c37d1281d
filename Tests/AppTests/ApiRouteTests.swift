import App
import Core
import Hummingbird
import HummingbirdTesting
import Logging
import TestKit
import Testing
import Web

/// The document of the interface and the router say the same, for they are made of the same.
struct ApiRouteTests {
    @Test func everyRouteOfTheInterfaceIsInItsDocumentAndTheOtherWayRound() async throws {
        try await TestDistrict.with(.sqlite, example: true) { test in
            try await test.foundSmallDistrict()
            let server = try Server(
                test.district, home: TestDistrict.home, data: test.folder,
                logger: Logger(label: "test"))
            let routes = server.router.routes.filter { $0.path.description.hasPrefix("/api") }
            #expect(routes.allSatisfy { $0.method == .get || $0.method == .head })
            let paths = Set(routes.filter { $0.method == .get }.map(\.path.description))
            try await test.withSite { client in
                for language in Language.allCases {
                    let page = try await client.page("/api/v1/openapi.json", language: language)
                    let check = try SchemaCheck(page.text)
                    #expect(Set(check.paths) == paths && paths.count > 10)
                    let faults = try check.faults(
                        page.text, of: "/api/v1/openapi.json", status: 200)
                    #expect(faults == [])
                    try expectWhole(try JSON(parsing: page.text))
                }
            }
        }
    }

    /// Every operation has its name, says what it is, describes every place of its path, and names
    /// no schema that is not there.
    private func expectWhole(_ document: JSON) throws {
        #expect(document["openapi"] == "3.1.0")
        var names: Set<String> = []
        for path in document["paths"].names {
            let operation = document["paths"][path]["get"]
            let name = try #require(operation["operationId"].string)
            #expect(names.insert(name).inserted, "\(name) is there twice")
            #expect(operation["summary"].string?.isEmpty == false)
            let places = path.split(separator: "/").filter { $0.hasPrefix("{") }
                .map { String($0.dropFirst().dropLast()) }
            let described = operation["parameters"].parts.filter { $0["in"] == "path" }
                .compactMap { $0["name"].string }
            #expect(described.sorted() == places.sorted(), "\(path)")
            for parameter in operation["parameters"].parts {
                #expect(parameter["description"].string?.isEmpty == false, "\(path)")
            }
        }
        let known = document["components"]["schemas"].names
        let used = document.text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/)
            .map { String($0.1) }
        #expect(Set(used) == Set(known))
    }
}
