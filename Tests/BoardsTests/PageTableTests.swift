import Core
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing
import Web

/// Every table of a public page as a file, at the page's own address.
struct PageTableTests {
    private static let pages = [
        "/kinds", "/rules", "/figures", "/units?on=2015-06-30", "/themes/education?period=2015-H1",
        "/figures/honor.count?unit=410102001&period=2015-H1", "/kinds/honor/records",
    ]

    private static func asked(_ address: String, _ form: String) -> String {
        address + (address.contains("?") ? "&" : "?") + "as=\(form)"
    }

    @Test(arguments: Engine.available)
    func everyPageLeadsToItsTableInBothForms(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            for address in Self.pages {
                for language in Language.allCases {
                    let page = try await reader.client.page(address, language: language)
                    for form in ["csv", "xlsx"] {
                        let link = Self.asked(address, form).replacing("&", with: "&amp;")
                        let isThere =
                            page.text.contains("href=\"\(link)\"")
                            || page.text.contains("as=\(form)\"")
                        #expect(isThere, "\(address)")
                        let file = try await reader.client.execute(
                            uri: Self.asked(address, form), method: .get
                        ) {
                            (
                                status: $0.status, headers: $0.headers,
                                bytes: Array($0.body.readableBytesView)
                            )
                        }
                        #expect(file.status == .ok, "\(address)")
                        let kept = file.headers[.contentDisposition]
                        #expect(kept?.contains("attachment") == true)
                        #expect(kept?.contains(".\(form)\"") == true, "\(kept ?? "")")
                        let rows = try ImportTable(name: "table.\(form)", bytes: file.bytes).rows
                        #expect(!rows.isEmpty, "\(address) \(form)")
                    }
                }
            }
            _ = try await reader.page("/kinds?as=pdf", status: 422)
            _ = try await reader.page("/themes/nothing?as=csv", status: 404)
            _ = try await reader.page("/figures/nothing?as=csv", status: 404)
        }
    }

    @Test(arguments: Engine.available)
    func aFigureIsDividedInItsFileAsOnItsPage(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let file = try await reader.client.page(
                "/figures/honor.count?unit=410102&period=2015-H1&as=csv")
            let lines = file.text.split(separator: "\r\n").map(String.init)
            #expect(lines.contains { $0.hasPrefix("410102,试验区,") && $0.contains(",3,") })
            #expect(lines.contains { $0.hasPrefix("410102001,甲街道,") && $0.contains(",3,") })
        }
    }

    /// What is withheld on the page is withheld in the file, for everybody who takes it: a file
    /// goes further than a page.
    @Test(arguments: Engine.available)
    func aWithheldNumberStandsInNoFile(on engine: Engine) async throws {
        try await CareDistrict.with(seed: 4, on: engine) { town in
            let officer = try await town.test.account("here", role: "organization_officer")
            try await town.test.withSite { client in
                for figure in ["care.count", "care.kept", "care.kept_share", "stay.count"] {
                    for unit in ["410102", "410102001"] {
                        for period in ["2015-H1", "2014-H2", "2015-03", "2015-Q1", "2015-03-11"] {
                            for map in ["then", "now"] {
                                let address =
                                    "/figures/\(figure)?unit=\(unit)"
                                    + "&period=\(period)&structure=\(map)"
                                let page = try await client.page(address, language: .en).text
                                let file = try await client.page(
                                    address + "&as=csv", language: .en)
                                let shown = page.matches(of: /data-value="([^"]+)"/).map {
                                    String($0.1)
                                }
                                for line in file.text.split(separator: "\r\n").dropFirst() {
                                    let cells = line.split(
                                        separator: ",", omittingEmptySubsequences: false)
                                    guard cells.count > 3, let number = Double(cells[3]) else {
                                        continue
                                    }
                                    #expect(
                                        shown.contains { Double($0) == number },
                                        "\(address): \(line)")
                                }
                                let own = try await client.page(
                                    address + "&as=csv", as: officer, language: .en)
                                #expect(own.text == file.text)
                            }
                        }
                    }
                }
            }
        }
    }
}
