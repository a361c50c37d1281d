import Testing
import Web

@Suite struct RefusalPagesTests {
    @Test(arguments: [
        ("refused", 403, "无权查看"), ("hidden", 404, "没有找到"), ("conflict", 409, "该单位已撤销。"),
        ("invalid", 422, "没有这个期间。"), ("busy", 503, "系统繁忙"), ("full", 503, "磁盘已满"),
        ("unknown", 500, "结果未能确认"),
        ("broken", 500, "系统出错"), ("surprise", 500, "系统出错"),
    ])
    func whatIsThrownBecomesAPlainPage(_ name: String, _ status: Int, _ words: String) async throws
    {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/throws/\(name)")
        #expect(answer.status == status)
        #expect(answer.text.contains(words))
        #expect(answer.text.contains("筑基 Groundwork"))
        #expect(answer["content-type"] == "text/html; charset=utf-8")
    }

    @Test(arguments: [("hidden", "Not found"), ("invalid", "There is no such period.")])
    func itIsInTheReadersLanguage(_ name: String, _ words: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/throws/\(name)?lang=en")
        #expect(answer.text.contains(words))
    }

    @Test(arguments: ["broken", "surprise", "busy"])
    func aFaultOfOursIsLoggedOnceAndShowsNothingOfTheInside(_ name: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/throws/\(name)")
        for secret in ["secret", "42P01", "Surprise", "queueFull"] {
            #expect(!answer.text.contains(secret))
        }
        let errors = fixture.log.errors()
        #expect(errors.count == 1)
        // The number on the page is the number in the log.
        let number = answer.text.components(separatedBy: "<code>").dropFirst().first?
            .components(separatedBy: "</code>").first
        #expect(number.map { errors[0].contains($0) } == true)
    }

    @Test func aFormThatIsNotOursIsInTheLogOfWhatGoesWrong() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get(
            "/throws/forged", [.contentType: "application/x-www-form-urlencoded"])
        #expect(answer.status == 403)
        // The program keeps warnings and errors; anything milder nobody ever reads.
        let warnings = fixture.log.lines.filter { $0.hasPrefix("warning") }
        #expect(warnings.count == 1 && warnings[0].contains("/throws/forged"))
    }

    @Test(arguments: ["refused", "hidden", "conflict", "invalid"])
    func anExpectedRefusalIsNoError(_ name: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/throws/\(name)")
        #expect(fixture.log.errors().isEmpty)
        #expect(!answer.text.contains("编号"))
    }

    @Test func aBusyServerSaysWhenToTryAgain() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        #expect(try await fixture.get("/throws/busy")["retry-after"] == "5")
    }

    @Test func anUnknownAddressIsAPageAndEchoesNothing() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/nowhere/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        #expect(answer.status == 404)
        #expect(answer.text.contains("没有找到"))
        #expect(!answer.text.contains("<script>"))
    }

    @Test func aWrongMethodIsNotFound() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        #expect(try await fixture.get("/style", method: .delete).status == 404)
    }

    @Test(arguments: ["x", "01", "'; DROP TABLE record; --", "%E4%B8%AD", "%zz"])
    func anIdentityThatCannotBeIsNotFound(_ id: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let escaped = id.replacing(" ", with: "%20")
        #expect(try await fixture.get("/records/\(escaped)").status == 404)
        #expect(try await fixture.get("/records/01jd3m5x7v9a0bcdefghjkmnpq").status == 204)
    }

    @Test(arguments: [
        "after=%3Cscript%3Ealert(1)%3C/script%3E", "after=1%7E2%7E3", "after=_zz%7Ex",
        "after=%00%7E1", "after=" + String(repeating: "9", count: 201),
    ])
    func aHostilePlaceInAListIsRefusedInPlainWords(_ query: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/style?\(query)")
        #expect(answer.status == 422)
        #expect(answer.text.contains("<code>after</code>"))
        #expect(!answer.text.contains("<script>"))
    }

    @Test func anOverlongAddressIsRefused() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let long = String(repeating: "a", count: 2_049)
        #expect(try await fixture.get("/style?q=\(long)").status == 414)
        #expect(try await fixture.get("/\(long)").status == 414)
    }

    @Test func anOverlongBodyIsRefusedBeforeItIsRead() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get(
            "/style", method: .get, [.contentLength: "67108865"])
        #expect(answer.status == 413)
    }
}
