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

    @Test func startUpSaysThatAFolderIsNotOurs() throws {
        let fault = #expect(throws: SetupFault.self) { try Assets(folder: "/nowhere") }
        #expect(fault?.description.contains("groundwork.css is missing") == true)
    }
}
