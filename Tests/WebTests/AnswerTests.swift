import Testing
import Web

/// What every answer carries, whatever it answers.
@Suite struct AnswerTests {
    @Test(arguments: ["/style", "/nowhere", "/throws/broken", "/assets/groundwork.css"])
    func everyAnswerForbidsTheBrowserWhatWeNeverNeed(_ address: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get(address)
        let policy = try #require(answer["content-security-policy"])
        for rule in [
            "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
            "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
        ] {
            #expect(policy.contains(rule))
        }
        #expect(!policy.contains("unsafe"))
        #expect(answer["x-content-type-options"] == "nosniff")
        #expect(answer["referrer-policy"] == "same-origin")
        #expect(answer["content-type"]?.contains("charset=utf-8") == true)
    }

    @Test(arguments: ["/style", "/nowhere", "/assets/groundwork.css", "/throws/busy"])
    func headAnswersLikeGetWithoutABody(_ address: String) async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let head = try await fixture.get(address, method: .head)
        let get = try await fixture.get(address)
        #expect(head.text.isEmpty)
        #expect(head.status == get.status)
        #expect(head["content-type"] == get["content-type"])
        // The number of a request stands on the page of a fault, so lengths are compared by size.
        #expect(head["content-length"]?.count == get["content-length"]?.count)
    }

    @Test func aPageIsNeverKeptByOthersAndDependsOnTheReader() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/style")
        #expect(answer["cache-control"] == "private, no-cache")
        #expect(answer["vary"] == "Accept-Language, Cookie")
    }

    @Test func theFootOfAPageSaysHowFarItRead() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/style")
        #expect(answer.text.contains("数据截至 2015-11-20 14:13（北京时间，第 48,213 条）。"))
    }

    @Test func thePageSaysWhereItStands() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        let answer = try await fixture.get("/style")
        #expect(answer.text.contains(##"<a class="skip-link" href="#content">跳到正文</a>"##))
        let current = answer.text.components(separatedBy: #"<a href="/style" aria-current="true">"#)
        #expect(current.count == 2)
        #expect(current.last?.prefix(250).contains("</svg> 填报事项</a></li>") == true)
        #expect(answer.text.contains("</svg> 指标</a></li>"))
        #expect(answer.text.contains(#"<li aria-current="page">社区党建与服务用房</li>"#))
        #expect(answer.text.contains("<ol class=\"frame\">\n<li><a href=\"/\">首页</a></li>"))
        #expect(answer.text.contains("示范数据，人物均为虚构。"))
    }

    @Test func whatAPersonWroteIsTextInTheTableAndInTheChart() async throws {
        let fixture = try Fixture(hostile: "<img src=x onerror=\"y\">\"\u{301}")
        defer { fixture.close() }
        let answer = try await fixture.get("/style")
        #expect(!answer.text.contains("<img src=x"))
        #expect(answer.text.contains("&lt;img src=x onerror=&quot;y&quot;&gt;&quot;\u{301}</a>"))
    }

    @Test func theLogHasOneLineForARequestAndNeverTheQuery() async throws {
        let fixture = try Fixture()
        defer { fixture.close() }
        _ = try await fixture.get("/style?name=somebody")
        let lines = fixture.log.lines.filter { $0.contains("/style") }
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { !$0.contains("somebody") && $0.contains("200") })
    }
}
