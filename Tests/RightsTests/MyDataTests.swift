import Accounts
import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Rights
import Storage
import TestKit
import Testing

struct MyDataTests {
    private static func link(
        _ town: RightsTown, _ client: any TestClientProtocol, _ officer: SignedIn,
        _ fields: [String: String] = ["number": "P-1", "proof": "card_seen"]
    ) async throws -> String {
        let answer = try await client.submit("/rights/contacts", fields, as: officer)
        #expect(answer.status == 200, "\(answer.text)")
        let link = answer.text.components(separatedBy: "href=\"/contact/").dropFirst().first
        return "/contact/" + (link ?? "").prefix { $0 != "\"" }
    }

    // MARK: Refusals

    @Test(arguments: Engine.available)
    func whoIsNeitherSignedInNorVerifiedIsSentToSignIn(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            try await town.test.withSite { client in
                let page = try await client.page("/my/data")
                #expect(page.status == 303)
                #expect(page.location?.hasPrefix("/sign-in?next=") == true)
                for path in ["copy", "requests", "consents", "leave"] {
                    let sent = try await client.send("/my/data/\(path)", [("as", "json")])
                    #expect(sent.status >= 400, "\(path)")
                }
                #expect(try await town.count("SELECT COUNT(*) FROM disclosure") == 0)
            }
        }
    }

    @Test(arguments: Engine.available)
    func nobodySeesAnotherPersonsData(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account("li", person: town.person("P-2"))
            let nobody = try await town.test.account("wang")
            try await town.test.withSite { client in
                let own = try await client.page("/my/data", as: li)
                #expect(own.status == 200)
                #expect(own.text.contains("乙二") && !own.text.contains("甲一"))
                let bare = try await client.page("/my/data", as: nobody)
                #expect(bare.status == 200)
                #expect(!bare.text.contains("乙二") && bare.text.contains("wang的名字"))
                #expect(own.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test(arguments: Engine.available)
    func aLinkThatIsLateUsedOrForAnotherPurposeOpensNothing(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                // Used once, and never again.
                let link = try await Self.link(town, client, officer)
                var visitor = Visitor(client)
                #expect(try await visitor.submit(link, [:]).status == 303)
                #expect(try await visitor.page("/my/data").text.contains("甲一"))
                var second = Visitor(client)
                let again = try await second.submit(link, [:])
                #expect(again.status == 409 && again.text.contains("已经用过"))
                #expect(try await second.page("/my/data").status == 303)
                // Late.
                let late = try await Self.link(town, client, officer)
                town.clock.advance(minutes: 61)
                var third = Visitor(client)
                #expect(try await third.submit(late, [:]).status == 409)
                // The visit itself is over after half an hour.
                #expect(try await visitor.page("/my/data").status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aKeyOfAnAccountIsNoLinkAndALinkIsNoKey(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            let key = try await town.test.database.write { db in
                try AccessKeyStore(db).make(
                    .invitation, for: officer.id, at: town.clock.moment, by: TestDistrict.actor)
            }
            try await town.test.withSite { client in
                var visitor = Visitor(client)
                #expect(try await visitor.submit("/contact/\(key)", [:]).status == 409)
                let link = try await Self.link(town, client, officer)
                let secret = String(link.dropFirst("/contact/".count))
                let account = try await town.test.database.read { db in
                    try AccessKeyStore(db).account(
                        of: secret, for: .invitation, at: town.clock.moment)
                }
                #expect(account == nil)
                // Looking at the page of a link uses nothing up.
                _ = try await visitor.page(link)
                #expect(try await visitor.submit(link, [:]).status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func aLinkNeedsAProofAndOneNumberThatIsKnown(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            let clerk = try await town.test.account(
                "clerk", role: "community_clerk", unit: "410102001001")
            try await town.test.withSite { client in
                #expect(try await client.page("/rights/contacts", as: clerk).status == 404)
                for fields in [
                    ["number": "P-1"], ["proof": "known"],
                    ["number": "P-1", "ref": "Q-1", "proof": "known"],
                    ["number": "P-99", "proof": "known"], ["ref": "M-1", "proof": "known"],
                ] {
                    let answer = try await client.submit(
                        "/rights/contacts", fields, as: officer)
                    #expect(answer.status == 422, "\(fields)")
                    #expect(answer.text.contains("aria-invalid"), "\(fields)")
                }
                #expect(try await town.count("SELECT COUNT(*) FROM verified_contact") == 0)
            }
        }
    }

    // MARK: What is held

    /// Counts on a page, counted again by hand.
    @Test(arguments: Engine.available)
    func theCopyIsWhatTheDatabaseHolds(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let person = try await town.person("P-3").text
            let li = try await town.test.account("li", person: town.person("P-3"))
            try await town.test.database.write { db in
                try db.execute(
                    """
                    INSERT INTO entry_choice (account_id, kind, unit_id, said, used_at)
                    VALUES (\(li.id), 'material',
                        (SELECT r.unit_id FROM record r WHERE r.ref = 'J-1'), '{}',
                        \(town.clock.moment))
                    """)
            }
            try await town.test.withSite { client in
                let copy = try await client.submit(
                    "/my/data", ["as": "json"], to: "/my/data/copy", as: li)
                #expect(copy.status == 200)
                #expect(copy.headers[.contentDisposition]?.contains("attachment") == true)
                let held = try Copy(copy.text)
                let chosen = held.rows("entry_choice").map { $0["kind"] }
                #expect(chosen == ["material"])
                #expect(held.watermark.contains("接收方 recipient: 本人"))
                #expect(held.rows("person").map { $0["name"] } == ["丙三"])
                #expect(held.rows("person").map { $0["number"] } == ["P-3"])
                let records = try await town.test.database.read { db in
                    try db.rows(
                        "SELECT record_id FROM record_person WHERE person_id = \(person)"
                    ).map { try $0.at(0, as: String.self) }
                }
                #expect(held.rows("record").compactMap { $0["record"] } == records)
                #expect(held.rows("record").compactMap { $0["entry"] } == ["job_seeker"])
                #expect(held.rows("evidence").map { $0["file"] } == ["登记表.txt"])
                #expect(held.rows("account").map { $0["sign_in"] } == ["li"])
                #expect(held.rows("session").count == 1)
                #expect(held.rows("private").isEmpty, "the requests are not his")
                #expect(
                    try await town.count(
                        "SELECT COUNT(*) FROM disclosure WHERE person_id = \(person)") == 1)
                #expect(
                    try await town.text("SELECT digest FROM disclosure")
                        == hexadecimalDigest(Array(copy.text.utf8)))
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoMadeARequestSeesWhatItKeepsOfHim(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                let link = try await Self.link(
                    town, client, officer, ["ref": "Q-1", "proof": "called_back"])
                var visitor = Visitor(client)
                _ = try await visitor.submit(link, [:])
                let page = try await visitor.page("/my/data")
                #expect(page.text.contains("6810-0000") && !page.text.contains("6810-1111"))
                let csv = try await visitor.submit("/my/data", ["as": "csv"], to: "/my/data/copy")
                #expect(csv.text.contains("6810-0000") && csv.text.contains("recipient"))
                _ = try await visitor.submit("/my/data", [:], to: "/my/data/leave")
                #expect(try await visitor.page("/my/data").status == 303)
            }
        }
    }

    @Test(arguments: Engine.available)
    func whatWasCorrectedIsShownAsItWasAndAsItIs(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let officer = try await town.test.account("officer", role: "protection_officer")
            try await town.test.withSite { client in
                let early = try await Self.link(
                    town, client, officer, ["ref": "Q-1", "proof": "called_back"])
                try await town.correct("Q-1", contact: "6810-2222")
                let late = try await Self.link(
                    town, client, officer, ["ref": "Q-1", "proof": "called_back"])
                for link in [early, late] {
                    var visitor = Visitor(client)
                    _ = try await visitor.submit(link, [:])
                    let page = try await visitor.page("/my/data")
                    #expect(page.text.contains("6810-0000") && page.text.contains("6810-2222"))
                    #expect(!page.text.contains("6810-1111"), "another's")
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func thePageSaysWhyInBothLanguagesAndLacksNoWord(on engine: Engine) async throws {
        try await RightsTown.with(engine) { town in
            let li = try await town.test.account(
                "li", role: "protection_officer", person: town.person("P-1"))
            try await town.test.withSite { client in
                for language in [Language.zh, .en] {
                    for path in [
                        "/my/data", "/rights/requests", "/rights/requests?state=closed",
                        "/rights/contacts", "/rights/intake", "/rights/disclosures", "/register",
                    ] {
                        let page = try await client.page(path, as: li, language: language)
                        #expect(page.status == 200, "\(path)")
                        let holes = page.text.matches(of: /\[[a-z]+_[a-z_]+\]/).map(\.output)
                        #expect(holes == [], "\(path)")
                    }
                    let page = try await client.page("/my/data", as: li, language: language)
                    #expect(page.text.contains("/register#party_member"))
                    #expect(page.text.contains("/register#volunteer_name"))
                }
            }
        }
    }

    // MARK: Consent

    @Test(arguments: Engine.available)
    func consentIsWithdrawnAsEasilyAsItIsGivenAndErasesWhatRestedOnIt(on engine: Engine)
        async throws
    {
        try await RightsTown.with(engine) { town in
            let wang = try await town.test.account("wang", person: town.person("P-3"))
            try await town.test.withSite { client in
                func send(_ purpose: String, _ act: String) async throws -> Int {
                    let fields = ["purpose": purpose, "act": act]
                    return try await client.submit(
                        "/my/data", fields, to: "/my/data/consents", as: wang
                    ).status
                }
                let duty = try await send("cadre_management", "given")
                let unknown = try await send("nothing", "given")
                #expect(duty == 404 && unknown == 404)
                for _ in 1...2 {
                    let given = try await send("talent_service", "given")
                    #expect(given == 303)
                }
                let rows = try await town.count("SELECT COUNT(*) FROM consent")
                #expect(rows == 1, "saying the same again adds nothing")
                let withdrawn = try await send("talent_service", "withdrawn")
                #expect(withdrawn == 303)
                let all = try await town.count("SELECT COUNT(*) FROM consent")
                let residue = try await town.residue(of: ["丙三", "登记表.txt"])
                let findings = try await town.findings()
                #expect(all == 2 && residue == [] && findings == [])
                let isRefused = await town.refuses("DELETE FROM consent")
                #expect(isRefused)
            }
        }
    }

    @Test func aChangedNoticeAsksAgain() async throws {
        try await RightsTown.with(.sqlite) { town in
            let li = try await town.test.account("li", person: town.person("P-1"))
            try await town.test.database.write { db in
                try db.execute(
                    """
                    INSERT INTO consent (id, account_id, purpose, version, act, channel,
                        recorded_at, recorded_by)
                    VALUES ('c1', \(li.id.text), 'volunteer_service', '2020-01', 'given', 'self',
                        1, 'x')
                    """)
            }
            try await town.test.withSite { client in
                let page = try await client.page("/my/data", as: li)
                #expect(page.text.contains("告知内容已变更"))
            }
        }
    }
}

/// A copy as another program reads it.
private struct Copy {
    let watermark: String
    private let parts: [String: [[String: String]]]

    init(_ text: String) throws {
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        watermark = object?["watermark"] as? String ?? ""
        var parts: [String: [[String: String]]] = [:]
        for part in object?["parts"] as? [[String: Any]] ?? [] {
            parts[part["part"] as? String ?? ""] = part["rows"] as? [[String: String]]
        }
        self.parts = parts
    }

    func rows(_ part: String) -> [[String: String]] { parts[part] ?? [] }
}
