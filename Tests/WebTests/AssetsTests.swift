import Foundation
import Testing
import Web

@Suite struct AssetsTests {
    @Test func aHashedAddressMayBeKeptAndAPlainOneIsAskedAgain() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let href = fixture.site.assets.href("groundwork.css")
        let hashed = try await fixture.get(href)
        #expect(hashed.status == 200)
        #expect(hashed["cache-control"] == "public, max-age=31536000, immutable")
        #expect(hashed["content-type"] == "text/css; charset=utf-8")
        let plain = try await fixture.get("/assets/groundwork.css")
        #expect(plain["cache-control"] == "no-cache")
        let stale = try await fixture.get("/assets/groundwork.css?v=0")
        #expect(stale["cache-control"] == "no-cache")
    }

    @Test func aBrowserThatHasTheFileIsTold() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let first = try await fixture.get("/assets/seal.svg")
        let tag = try #require(first["etag"])
        for known in [tag, "W/" + tag, "\"other\", " + tag] {
            let again = try await fixture.get("/assets/seal.svg", [.ifNoneMatch: known])
            #expect(again.status == 304)
            #expect(again.text.isEmpty)
            #expect(again["etag"] == tag)
        }
        let other = try await fixture.get("/assets/seal.svg", [.ifNoneMatch: "\"other\""])
        #expect(other.status == 200)
    }

    @Test func theStyleSheetOfBootstrapIsServed() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get(fixture.site.assets.href("vendor/bootstrap.min.css"))
        #expect(answer.status == 200)
        #expect(answer.text.contains("Bootstrap"))
    }

    @Test(arguments: [
        "/assets/", "/assets/../Package.swift", "/assets/%2e%2e/Package.swift",
        "/assets/..%2fPackage.swift", "/assets//etc/passwd", "/assets/groundwork.css/",
    ])
    func nothingElseOnTheDiskCanBeAskedFor(_ address: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get(address)
        #expect(answer.status == 404 || answer["content-type"] == "text/css; charset=utf-8")
        #expect(!answer.text.contains("PackageDescription") && !answer.text.contains("root:"))
    }

    @Test func startUpSaysWhichPackageBringsTheMissingStyleSheet() throws {
        let fault = #expect(throws: SetupFault.self) {
            try Assets(folder: root + "/Public", bootstrap: "/nowhere/bootstrap.min.css")
        }
        #expect(fault?.description.contains("libjs-bootstrap5") == true)
    }

    @Test func startUpSaysWhichPackageBringsTheMissingDrawings() throws {
        let fault = #expect(throws: SetupFault.self) {
            try Assets(folder: root + "/Public", drawings: "/nowhere")
        }
        #expect(fault?.description.contains("bootstrap-icons") == true)
    }

    @Test func everyIconThatAPageMayNameIsInTheOneFileOfIcons() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get(fixture.site.assets.href("vendor/icons.svg"))
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "image/svg+xml")
        #expect(answer["cache-control"] == "public, max-age=31536000, immutable")
        for icon in Icon.allCases {
            #expect(answer.text.contains("<symbol id=\"\(icon)\""))
        }
        let drawings = answer.text.components(separatedBy: "<path").count - 1
        #expect(drawings >= Icon.allCases.count)
    }

    @Test func aPageShowsEveryIconBesideAWordAndToEyesAlone() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let page = try await fixture.get("/style").text
        let pieces = page.components(separatedBy: "<svg class=\"icon\"")
        #expect(pieces.count > 5 + 4)
        for (before, icon) in zip(pieces, pieces.dropFirst()) {
            let start = " aria-hidden=\"true\"><use href=\"/assets/vendor/icons.svg?v="
            #expect(icon.hasPrefix(start))
            let after = icon.components(separatedBy: "</svg>")[1].prefix { $0 != "<" }
            let words = before.split(separator: ">").last.map { $0 + after } ?? after
            #expect(!words.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty)
        }
    }

    @Test func startUpSaysThatAFolderIsNotOurs() throws {
        let fault = #expect(throws: SetupFault.self) { try Assets(folder: "/nowhere") }
        #expect(fault?.description.contains("groundwork.css is missing") == true)
    }
}
