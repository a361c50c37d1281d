import Core
import HummingbirdTesting
import Ledger
import Requests
import Storage
import TestKit
import Testing

/// Number and secret open the page of one request, and nothing else; what whoever asked says there
/// is a step like any other.
@Suite struct StatusTests {
    /// A browser in which a request is open.
    private struct Opened {
        let answer: PageAnswer
        let cookie: String
    }

    private func open(
        _ client: any TestClientProtocol, _ number: String, _ secret: String
    ) async throws -> Opened {
        let visitor = try await client.visitor("/ask/status")
        let form = visitor.form("/ask/status", ["number": number, "secret": secret])
        let answer = try await client.send(
            "/ask/status", form.map { ($0, $1) }, cookie: visitor.cookie)
        return Opened(
            answer: answer, cookie: "\(visitor.cookie); \(Visitor.cookies(answer))")
    }

    private func page(_ client: any TestClientProtocol, _ opened: Opened) async throws -> String {
        try await client.page("/ask/status", headers: [.cookie: opened.cookie]).text
    }

    private func say(
        _ client: any TestClientProtocol, _ step: String, _ fields: [String: String],
        _ opened: Opened
    ) async throws -> PageAnswer {
        let path = "/ask/status/steps/\(step)"
        let page = try await client.page("/ask/status", headers: [.cookie: opened.cookie])
        let form = page.hidden(for: path).merging(fields) { $1 }
        return try await client.send(path, form.map { ($0, $1) }, cookie: opened.cookie)
    }

    @Test(arguments: Engine.available)
    func aForgedSecretIsRefusedLikeANumberThatIsNone(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let filed = try await town.filed()
            let other = try await town.filed("other")
            try await town.test.withSite { client in
                let unknown = try await open(client, "SR-1", filed.secret)
                let forged = try await open(client, filed.number, "AAAAA-AAAAA")
                let others = try await open(client, filed.number, other.secret)
                for wrong in [unknown, forged, others] {
                    #expect(wrong.answer.status == 409)
                    #expect(wrong.answer.text.contains("编号或查询码不对"))
                    #expect(!wrong.answer.text.contains(filed.secret))
                    let page = try await page(client, wrong)
                    #expect(!page.contains("办理经过"))
                }
                let made = "\(filed.id.text).9999999999.\(String(repeating: "a", count: 64))"
                let page = try await client.page(
                    "/ask/status", headers: [.cookie: "request=\(made)"])
                #expect(!page.text.contains("办理经过"))
                let right = try await open(
                    client, filed.number.lowercased(), " \(filed.secret.lowercased()) ")
                #expect(right.answer.status == 303)
                #expect(right.answer.location == "/ask/status")
                #expect(!"\(right.answer.headers)".contains(filed.secret))
            }
        }
    }

    @Test func wrongSecretsAreCountedByNumberAndAddress() async throws {
        try await RequestDistrict.with(.sqlite) { town in
            let filed = try await town.filed()
            let other = try await town.filed("other")
            try await town.test.withSite { client in
                for _ in 0..<FilingLimits.wrongPerNumber {
                    _ = try await open(client, filed.number, "AAAAA-AAAAA")
                }
                let late = try await open(client, filed.number, filed.secret)
                #expect(late.answer.text.contains("输错次数过多"))
                let another = try await open(client, other.number, other.secret)
                #expect(another.answer.status == 303)
                town.clock.advance(3_600_000)
                let again = try await open(client, filed.number, filed.secret)
                #expect(again.answer.status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func thePageSaysWhoseTurnItIsAndNamesNobody(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let filed = try await town.filed()
            try await town.take("accept", in: filed.id, [.field("outcome"): "accepted"])
            try await town.take(
                "dispatch", in: filed.id,
                [
                    .field("tier"): "community", .place: RequestDistrict.community,
                    .privateValue("note"): "内部说明",
                ])
            try await town.take("object", in: filed.id, [.privateValue("reason"): "不归我们"])
            try await town.test.withSite { client in
                let opened = try await open(client, filed.number, filed.secret)
                let page = try await page(client, opened)
                #expect(page.contains("一社区"))
                #expect(page.contains("派单异议"))
                #expect(page.contains("单位之间退回1次"))
                for hidden in ["内部说明", "不归我们", "tester", "名字"] {
                    #expect(!page.contains(hidden), "\(hidden)")
                }
                let english = try await client.page(
                    "/ask/status", language: .en, headers: [.cookie: opened.cookie])
                #expect(english.text.contains("What happened"))
                let left = try await client.visitor("/ask/status")
                #expect(!left.page.text.contains("办理经过"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoeverAskedConfirmsAndRates(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let filed = try await town.filed()
            try await town.test.withSite { client in
                let opened = try await open(client, filed.number, filed.secret)
                let early = try await say(client, "rate", ["field.grade": "good"], opened)
                #expect(early.status == 403, "there is no form for it")
                let added = try await say(client, "add", ["private.words": "在二单元"], opened)
                #expect(added.status == 303)
                try await town.handled(filed.id)
                let asked = try await page(client, opened)
                #expect(asked.contains("等您确认"))
                #expect(!asked.contains("value=\"unreachable\""))
                let none = try await say(
                    client, "call_back", ["field.outcome": "unreachable"], opened)
                #expect(none.status == 422)
                let solved = try await say(
                    client, "call_back", ["field.outcome": "solved", "field.satisfied": "yes"],
                    opened)
                #expect(solved.status == 303, "\(solved.text)")
                try await town.take("close", in: filed.id, [.field("outcome"): "solved"])
                let rated = try await say(client, "rate", ["field.grade": "good"], opened)
                #expect(rated.status == 303, "\(rated.text)")
                let twice = try await say(client, "rate", ["field.grade": "poor"], opened)
                #expect(twice.status == 403, "there is no form for it any more")
            }
            let reading = try await town.reading(filed.id)
            #expect(reading.row.end == "closed")
            let steps = reading.standing.compactMap(\.place.step)
            #expect(steps.suffix(3) == ["call_back", "close", "rate"])
        }
    }

    @Test(arguments: Engine.available)
    func whatIsNotSolvedGoesBackAndMayBeAskedAgain(_ engine: Engine) async throws {
        try await RequestDistrict.with(engine) { town in
            let filed = try await town.filed()
            try await town.handled(filed.id)
            try await town.test.withSite { client in
                let opened = try await open(client, filed.number, filed.secret)
                let back = try await say(
                    client, "call_back", ["field.outcome": "not_solved"], opened)
                #expect(back.status == 303)
                #expect(try await town.reading(filed.id).obligations.map(\.step) == ["handle"])
                try await town.take("handle", in: filed.id, [.field("outcome"): "done"])
                try await town.take("verify", in: filed.id, [.field("outcome"): "confirmed"])
                _ = try await say(client, "call_back", ["field.outcome": "solved"], opened)
                try await town.take("close", in: filed.id, [.field("outcome"): "solved"])
                let again = try await say(
                    client, "reopen", ["private.reason": "灯又坏了"], opened)
                #expect(again.status == 303, "\(again.text)")
                #expect(try await town.reading(filed.id).row.closedAt == nil)
                let gone = try await say(client, "withdraw", [:], opened)
                #expect(gone.status == 303, "\(gone.text)")
            }
            #expect(try await town.reading(filed.id).row.end == "withdrawn")
        }
    }

    @Test func theSameFormSaidTwiceSaysItOnce() async throws {
        try await RequestDistrict.with(.sqlite) { town in
            let filed = try await town.filed()
            try await town.test.withSite { client in
                let opened = try await open(client, filed.number, filed.secret)
                let path = "/ask/status/steps/add"
                let page = try await client.page("/ask/status", headers: [.cookie: opened.cookie])
                let form = page.hidden(for: path).merging(["private.words": "在二单元"]) { $1 }
                for _ in 0..<5 {
                    let answer = try await client.send(
                        path, form.map { ($0, $1) }, cookie: opened.cookie)
                    #expect(answer.status == 303)
                }
            }
            let reading = try await town.reading(filed.id)
            #expect(reading.standing.filter { $0.place.step == "add" }.count == 1)
        }
    }
}
