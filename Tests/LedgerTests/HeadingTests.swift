import Catalogue
import Ledger
import TestKit
import Testing

struct HeadingTests {
    private let kinds: [String: Kind]

    init() throws { kinds = try Catalogue(folders: [TestDistrict.home.catalogue]).kinds }

    @Test(arguments: ["", "参训", "人次", "(参训人次)", "persons2", "日期二"])
    func anUnknownHeadingStandsForNothing(written: String) throws {
        #expect(try #require(kinds["training_class"]).heading(written) == nil)
    }

    @Test(
        arguments: [
            ("参训人次", Heading.measure(0)), ("参训人次（人）", .measure(0)), ("Attendance", .measure(0)),
            ("attendance [person-times]", .measure(0)), ("persons", .measure(0)),
            (" 参 训 人次 ", .measure(0)), ("时长【分钟】", .measure(1)), ("PERSONS", .measure(0)),
            ("\u{FEFF}日期", .day), ("Date", .day), ("起始日期", .day), ("first-day", .day),
            ("截止日期", .lastDay), ("单位", .unit), ("单位编码", .unit), ("Unit", .unit),
            ("编号", .ref), ("作废", .reverses), ("冲销", .reverses), ("结束", .ends), ("理由", .reason),
            ("培训方式", .field("mode")), ("Mode", .field("mode")), ("学员", .person("trainee")),
        ])
    func aHeadingIsALabelOrAnIdInAnyCase(written: String, heading: Heading) throws {
        #expect(try #require(kinds["training_class"]).heading(written) == heading)
    }

    @Test func aKindsOwnWordWinsOverACommonOne() throws {
        #expect(try #require(kinds["lecture"]).heading("授课地点") == .place)
        #expect(try #require(kinds["request"]).heading("contact") == .privateValue("contact"))
        #expect(try #require(kinds["request"]).heading("诉求编号") == .subject("request"))
        #expect(try #require(kinds["request"]).heading("编号") == .ref)
    }

    /// Two columns of one name could not be told apart in a file.
    @Test func noKindHasTwoHeadingsOfOneName() {
        for kind in kinds.values {
            for (index, measure) in kind.measures.enumerated() {
                for name in [measure.id, measure.label.zh, measure.label.en] {
                    #expect(kind.heading(name) == .measure(index), "\(kind.id) \(name)")
                }
            }
            for field in kind.fields {
                for name in [field.id, field.label.zh, field.label.en] {
                    #expect(kind.heading(name) == .field(field.id), "\(kind.id) \(name)")
                }
            }
            for role in kind.persons {
                for name in [role.id, role.label.zh, role.label.en] {
                    #expect(kind.heading(name) == .person(role.id), "\(kind.id) \(name)")
                }
            }
            for role in kind.subjects {
                for name in [role.id, role.label.zh, role.label.en] {
                    #expect(kind.heading(name) == .subject(role.id), "\(kind.id) \(name)")
                }
            }
            for (name, heading) in [("日期", Heading.day), ("单位", .unit), ("编号", .ref)] {
                #expect(kind.heading(name) == heading, "\(kind.id) \(name)")
            }
        }
    }
}
