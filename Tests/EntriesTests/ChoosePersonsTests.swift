import Storage
import TestKit
import Testing

/// Persons are chosen among those whom the writer may see, and nobody else is ever named.
struct ChoosePersonsTests {
    private static let roster = """
        人员编号,姓名,单位
        P-1,周瑞,410102001001
        P-2,张芳娟,DW-1
        P-3,周远方,410102001002
        P-4,周在街,410102001
        P-5,周教体,BUR-EDU
        """

    private func with(
        _ engine: Engine, _ body: @escaping @Sendable (WritingDesk) async throws -> Void
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            try await desk.test.accept(Self.roster, what: "persons")
            try await body(desk)
        }
    }

    private static func post(_ holder: String, then: String = "post") -> [String: String] {
        [
            "unit": WritingDesk.first, "day": "2015-06-01", "person.holder": holder,
            "field.position": "community_director", "then": then,
        ]
    }

    @Test(arguments: Engine.available)
    func nobodyOutsideTheWritersUnitsIsEverNamed(on engine: Engine) async throws {
        try await with(engine) { desk in
            let form = try await desk.client.page("/entries/new/post", as: desk.li)
            #expect(form.text.contains("周瑞") && form.text.contains("张芳娟"), "a branch is below")
            for text in ["周", "zhou", "P-", "方", "街", "jiaoti"] {
                for then in ["find", "post"] {
                    let answer = try await desk.write(
                        Self.post(text, then: then), kind: "post")
                    #expect(answer.status == (then == "find" ? 200 : 422), "\(text)")
                    for name in ["周远方", "周在街", "周教体"] {
                        #expect(!answer.text.contains(name), "\(text) \(then)")
                    }
                }
            }
            for name in ["周远方", "周在街", "周教体"] { #expect(!form.text.contains(name)) }
            let other = try await desk.client.page("/entries/new/post", as: desk.zhao)
            #expect(other.text.contains("周远方") && !other.text.contains("周瑞"))
            #expect(try await desk.count("record") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aPartOfANameOrItsSoundOffersWhomItMayMeanAndKeepsTheForm(
        on engine: Engine
    ) async throws {
        try await with(engine) { desk in
            for text in ["周", "zhour", "zr", "P-1x", "瑞"] {
                let answer = try await desk.write(
                    Self.post(text, then: "find"), kind: "post")
                #expect(answer.text.contains("value=\"2015-06-01\""))
                #expect(answer.text.contains("value=\"\(text)\""))
                guard text != "P-1x" else {
                    #expect(answer.text.contains("没有找到“P-1x”"))
                    continue
                }
                #expect(
                    answer.text.contains("type=\"radio\" name=\"person.holder\" value=\"P-1\""),
                    "\(text)")
                #expect(answer.text.contains("周瑞（P-1，一社区）"))
            }
            let refused = try await desk.write(Self.post("芳娟"), kind: "post")
            #expect(refused.status == 422 && refused.text.contains("张芳娟（P-2，一社区小支部）"))
            let taken = try await desk.write(Self.post("P-2"), kind: "post")
            #expect(taken.status == 303)
        }
    }

    @Test(arguments: Engine.available)
    func whoeverIsNamedInARecordOfTheirsMayBeChosen(on engine: Engine) async throws {
        try await with(engine) { desk in
            let before = try await desk.client.page("/entries/new/post", as: desk.li)
            #expect(!before.text.contains("周在街"))
            try await desk.test.accept(
                """
                编号,日期,单位,职务,任职人
                Z-1,2015-03-02,410102001001,community_director,P-4
                """, what: "post")
            let after = try await desk.client.page("/entries/new/post", as: desk.li)
            #expect(after.text.contains("周在街") && !after.text.contains("周远方"))
            let other = try await desk.client.page("/entries/new/post", as: desk.zhao)
            #expect(!other.text.contains("周在街"))
        }
    }

    @Test(arguments: Engine.available)
    func aUnitInTheFormIsReadByAPartOfItsNameAndOffersTheNearest(
        on engine: Engine
    ) async throws {
        try await WritingDesk.with(engine) { desk in
            let read = try await desk.write(WritingDesk.leaflet(["unit": "yishequ"]))
            #expect(read.status == 303)
            let sun = try await desk.test.account(
                "sun", role: "community_clerk", unit: "410102001")
            let unclear = try await desk.write(WritingDesk.leaflet(["unit": "社区"]), as: sun)
            #expect(unclear.status == 422 && unclear.text.contains("value=\"防火\""))
            #expect(unclear.text.contains("一社区（410102001001）"))
            #expect(unclear.text.contains("type=\"radio\" name=\"unit\""))
            let chosen = try await desk.write(
                WritingDesk.leaflet(["unit": WritingDesk.second]), as: sun)
            #expect(chosen.status == 303)
            let foreign = try await desk.write(WritingDesk.leaflet(["unit": "二社区"]))
            #expect(foreign.status == 422 && !foreign.text.contains("type=\"radio\""))
        }
    }
}
