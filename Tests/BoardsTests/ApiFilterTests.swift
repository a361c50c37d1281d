import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import TestKit
import Testing
import Web

/// What programs ask of records by their values, and under which terms tables are taken away.
struct ApiFilterTests {
    private static let leaflets = """
        编号,日期,单位,份数,名称
        M-1,2015-03-02,410102001001,5,防火
        M-2,2015-03-03,410102001001,40,防汛
        M-3,2015-03-04,410102001002,400,防火
        """

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    @Test(arguments: Engine.available)
    func valuesAreAskedForAsInTheFormAboveTheList(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            try await test.accept(Self.leaflets, what: "material")
            let api = try await ApiClient(reader.client)
            let honors = "/api/v1/kinds/honor/records?period=all"
            let leaflets = "/api/v1/kinds/material/records?period=all"
            for (address, count) in [
                (honors, 3), (honors + "&filter=level:city", 1),
                (honors + "&filter=level:city&filter=title:science", 0),
                (honors + "&filter=title:\(encoded("社区"))", 2),
                (leaflets + "&filter=copies:40", 1), (leaflets + "&filter=copies:5..40", 2),
                (leaflets + "&filter=copies:41..", 1), (leaflets + "&filter=copies:..40", 2),
                (leaflets + "&filter=copies:5..&filter=title:\(encoded("防火"))", 2),
            ] {
                let found = try await api.get(address)
                #expect(found["total"]["count"] == .number(count), "\(address)")
                #expect(found["items"].parts.count == count, "\(address)")
            }
            // A page of a filtered list goes on with the same filter.
            let all = try await api.all(leaflets + "&filter=copies:5..40&limit=1")
            #expect(all.count == 2)
        }
    }

    @Test(arguments: Engine.available)
    func aTableSaysUnderWhichTermsItMayBeUsed(on engine: Engine) async throws {
        let files = [
            "licence.yaml": """
            name: {zh: 开放许可, en: Open licence}
            address: https://example.org/licence
            source: {zh: 试验区, en: Trial District}

            """
        ]
        try await OwnFolder.with(files) { folder in
            try await TestDistrict.with(engine, catalogue: [folder]) { test in
                try await test.foundSmallDistrict()
                try await test.accept(Furnished.honors, what: "honor")
                try await test.withSite { try await tables($0) }
            }
        }
        try await Furnished.with(engine) { _, reader in
            let answer = try await reader.client.page("/kinds/honor/records?period=all&as=csv")
            #expect(link(answer) == nil)
        }
    }

    private func tables(_ client: any TestClientProtocol) async throws {
        let list = "/kinds/honor/records?period=all&as="
        for form in ["csv", "xlsx"] {
            let answer = try await client.page(list + form)
            #expect(link(answer) == "<https://example.org/licence>; rel=\"license\"", "\(form)")
        }
        let csv = try await client.page(list + "csv")
        #expect(!csv.text.contains("example.org"), "a line of the file is a row")
    }

    private func link(_ answer: PageAnswer) -> String? {
        answer.headers.first { $0.name.canonicalName == "link" }?.value
    }
}
