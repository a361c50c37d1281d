import Core
import Foundation
import HummingbirdTesting
import Ledger
import Storage
import Synchronization
import TestKit
import Testing

/// A page is answered again as long as nothing changed that it was read of, and never longer.
struct KeptPageTests {
    private static let addresses = [
        "/", "/units", "/units/410102001?on=2015-06-30", "/themes/department", "/themes/education",
        "/figures/honor.count?unit=410102&period=2015", "/figures/lecture.count?period=2015",
        "/figures/member.count?period=@2015-06-30", "/figures?q=honor",
    ]

    /// Something that is written, and what it is called.
    private struct Write: Sendable {
        let name: String
        let run: @Sendable (TestDistrict) async throws -> Void

        init(_ name: String, _ run: @escaping @Sendable (TestDistrict) async throws -> Void) {
            self.name = name
            self.run = run
        }

        init(_ kind: String, _ text: String) {
            self.init(kind) { try await $0.accept(text, what: kind) }
        }
    }

    private static func post(
        _ kind: String, _ values: [Heading: String]
    ) -> @Sendable (TestDistrict) async throws -> Void {
        { test in
            let kind = try #require(test.district.catalogue.kinds[kind])
            _ = try await test.district.post(values, kind: kind, by: TestDistrict.actor)
        }
    }

    private static let honor: [Heading: String] = [
        .ref: "R-9", .day: "2015-05-06", .unit: "410102001", .field("level"): "区级",
        .field("title"): "和谐街道", .field("issuer"): "区文明办",
    ]

    private static let writes = [
        Write(
            "a record of another kind",
            post(
                "material",
                [
                    .ref: "M-1", .day: "2015-05-05", .unit: "BUR-EDU", .measure(0): "10",
                    .field("title"): "讲义",
                ])),
        Write("a record", post("honor", honor)),
        Write("a reversal") { test in
            let id = try await test.database.read { db in
                try RecordStore(db: db).find(kind: "honor", ref: "R-9")
            }
            _ = try await test.district.reverse(
                #require(id), because: "录入有误", by: TestDistrict.actor)
        },
        Write("brand", "编号,日期,单位,品牌名称\nB-1,2015-01-05,410102001,四叶草\n"),
        Write("an end", post("brand", [.day: "2015-06-01", .ends: "B-1"])),
        Write("lecture", "编号,日期,单位,主题,授课人\nL-2,2015-05-07,410102001,作风,T-1\n"),
        Write("an import undone") { test in
            let id = try await test.accept(
                "编号,日期,单位,级别,称号,授予单位\nR-7,2015-05-08,410102001,市级,书香,市文明办\n",
                what: "honor")
            try await test.district.reverseImport(id, by: TestDistrict.actor)
        },
        Write("post", "编号,日期,单位,职务,任职人\nP-1,2014-06-02,410102001,街道班子成员,T-1\n"),
        Write("persons", "人员编号,姓名,单位\nT-2,王试乙,410102001\n"),
        Write("a join") { test in
            _ = try await test.district.join(
                "T-2", into: "T-1", on: TestDistrict.moment.day, by: TestDistrict.actor)
        },
        Write(
            "units",
            "编码,名称,形式,领土上级,党组织上级,条线上级,起始日期,截止日期\n"
                + "410102001003,三社区,community,410102001,,,2014-01-01,\n"),
        Write("reorganizations", mergers),
        Write(
            "a record after all",
            post(
                "honor",
                [
                    .ref: "R-10", .day: "2015-06-06", .unit: "410102001", .field("level"): "市级",
                    .field("title"): "文明单位", .field("issuer"): "市文明办",
                ])),
    ]

    private static let mergers = """
        批次,名称,文号,生效日期,类型,前身编码,后继编码,后继名称,后继形式,领土上级,依据
        M-15,合并,试文15号,2015-06-15,merge,410102001001001,410102001001009,新一网格,grid,410102001001,whole
        M-15,合并,试文15号,2015-06-15,merge,410102001001002,410102001001009,新一网格,grid,410102001001,whole

        """

    @Test(arguments: Engine.available)
    func afterEachWriteAKeptPageSaysWhatAFreshOneSays(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            _ = try await Self.pages(reader)
            for write in Self.writes {
                try await write.run(test)
                let told = Mutex<[String: String]>([:])
                // A server that has just been started has read nothing before.
                try await test.withSite { client in
                    let pages = try await Self.pages(Reader(client: client, test: test))
                    told.withLock { $0 = pages }
                }
                let fresh = told.withLock { $0 }
                // Read twice: anew or as it was kept, and then as it was kept.
                for _ in 1...2 {
                    for (address, page) in try await Self.pages(reader) {
                        #expect(page == fresh[address], "\(address) after \(write.name)")
                    }
                }
            }
        }
    }

    private static func pages(_ reader: Reader) async throws -> [String: String] {
        var pages: [String: String] = [:]
        for address in addresses { pages[address] = try await reader.page(address) }
        return pages
    }

    @Test(arguments: Engine.available)
    func aWriteOfAnotherKindCostsAPageNoReading(on engine: Engine) async throws {
        try await Furnished.with(engine) { test, reader in
            let figure = "/figures/honor.count?unit=410102&period=2015&lang=zh"
            let before = try await reader.page(figure)
            try await Self.writes[0].run(test)
            // The head, what changed since, and whether the usual periods are the same.
            #expect(try await reader.statements(figure) <= 6)
            #expect(try await reader.statements(figure) <= 1)
            let after = try await reader.page(figure)
            let stamp = /第 [0-9,]+ 条/
            #expect(before.replacing(stamp, with: "") == after.replacing(stamp, with: ""))
            let position = try await test.position()
            #expect(after.contains("第 \(position) 条"))
            try await Self.writes[1].run(test)
            #expect(try await reader.page(figure).contains("和谐街道"), "the newest record is told")
            #expect(try await reader.statements(figure) <= 1)
        }
    }
}
