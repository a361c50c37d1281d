import Foundation
import Testing
import Web

@Suite struct AssetsTests {
    /// A block left open would take every rule after it into its own condition.
    @Test func theStyleSheetClosesEveryBlockItOpens() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let style = try await fixture.get("/assets/groundwork.css").text
        var depth = 0
        for letter in style where letter == "{" || letter == "}" {
            depth += letter == "{" ? 1 : -1
            #expect((0...2).contains(depth), "a rule lies in a condition, and in nothing deeper")
        }
        #expect(depth == 0)
    }

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

    @Test(arguments: [
        ("gzip, deflate, br", true), ("br, GZIP;q=0.5", true), ("identity", false),
        ("gzip;q=0", false), ("gzip; q=0.000, br", false), ("x-gzip", false),
    ])
    func whatCanBeUnpackedComesPacked(_ accepted: String, _ isPacked: Bool) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let address = fixture.site.assets.href("vendor/bootstrap.min.css")
        let plain = try await fixture.get(address)
        #expect(plain["content-encoding"] == nil)
        #expect(plain["vary"]?.contains("Accept-Encoding") == true)
        let answer = try await fixture.get(address, [.acceptEncoding: accepted])
        #expect((answer["content-encoding"] == "gzip") == isPacked)
        #expect((answer["etag"] != plain["etag"]) == isPacked)
        #expect(answer.bytes.count < (isPacked ? 40_000 : 400_000))
        #expect(try unpacked(answer) == plain.bytes)
        let tag = try #require(answer["etag"])
        let again = try await fixture.get(
            address, [.acceptEncoding: accepted, .ifNoneMatch: tag])
        #expect(again.status == 304)
    }

    /// The bytes of an answer as the program `gzip` unpacks them, where they are packed.
    private func unpacked(_ answer: Answer) throws -> [UInt8] {
        guard answer["content-encoding"] == "gzip" else { return answer.bytes }
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        try Data(answer.bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc"]
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
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
