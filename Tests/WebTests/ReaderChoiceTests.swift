import Core
import Testing
import Web

@Suite struct ReaderChoiceTests {
    @Test func aReaderWithoutAnyChoiceGetsChinese() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/style")
        #expect(answer.text.contains(#"<html lang="zh-Hans" class="plain">"#))
        #expect(answer.text.contains("社区党建与服务用房"))
        #expect(answer["content-language"] == "zh-Hans")
        #expect(answer["set-cookie"] == nil)
    }

    @Test func askingForEnglishAnswersInEnglishAndRemembersIt() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/style?lang=en")
        #expect(answer.text.contains(#"<html lang="en" class="plain">"#))
        #expect(answer["set-cookie"]?.contains("lang=en") == true)
        #expect(answer["set-cookie"]?.contains("HttpOnly") == true)
        let next = try await fixture.get("/style", [.cookie: "lang=en; mode=elder"])
        #expect(next.text.contains(#"<html lang="en" class="elder">"#))
        #expect(next["set-cookie"] == nil)
    }

    @Test(arguments: [
        ("xlang=en", "zh-Hans"), ("lang", "zh-Hans"), ("language=en", "zh-Hans"),
        ("lang=; lang=en", "zh-Hans"), ("mode=elder;lang=en", "en"), (" lang=en ; x", "zh-Hans"),
        ("visit=lang=en; lang=en", "en"), (";;=;lang=en", "en"),
    ])
    func aCookieIsFoundByItsWholeName(_ header: String, _ tag: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/style", [.cookie: header])
        #expect(answer["content-language"] == tag)
    }

    @Test func theBrowsersHintCountsOnlyUntilTheReaderHasChosen() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let hinted = try await fixture.get("/style", [.acceptLanguage: "en-GB,zh;q=0.5"])
        #expect(hinted["content-language"] == "en")
        let chosen = try await fixture.get(
            "/style", [.acceptLanguage: "en-GB,zh;q=0.5", .cookie: "lang=zh"])
        #expect(chosen["content-language"] == "zh-Hans")
    }

    @Test(arguments: [
        ("fr, de;q=0.5", nil), ("", nil), (";;q=,", nil), ("*", nil),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.zh), ("en;q=0.2, zh-TW;q=0.7", Language.zh),
        ("fr-CH, en;q=0.9", Language.en), ("en;q=0", nil), ("en;q=nonsense", nil),
    ])
    func aHintIsReadByItsWeights(_ header: String, _ language: Language?) {
        #expect(ReaderChoice.hinted(header) == language)
    }

    @Test(arguments: ["/style?lang=fr", "/style?lang=%3Cscript%3E", "/style?mode=%00&lang="])
    func aChoiceThatIsNotOursIsIgnored(_ address: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get(address)
        #expect(answer.status == 200)
        #expect(answer["content-language"] == "zh-Hans")
        #expect(answer["set-cookie"] == nil)
    }

    @Test func theSwitchesLeadBackToTheSamePage() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/style?period=2015-H1&lang=zh&mode=elder")
        #expect(answer.text.contains(#"href="/style?period=2015-H1&amp;lang=en""#))
        #expect(answer.text.contains(#"href="/style?period=2015-H1&amp;mode=plain""#))
    }

    @Test func aPathOfTwoSlashesNeverBecomesALinkToAnotherHost() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("//evil.example/x")
        #expect(answer.status == 404)
        #expect(!answer.text.contains(#"href="//"#))
        #expect(answer.text.contains(#"href="/evil.example/x?lang=en""#))
    }
}
