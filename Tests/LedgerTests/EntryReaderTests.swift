import Core
import Ledger
import Testing

struct EntryReaderTests {
    private let desk: ReadingDesk

    init() throws { desk = try ReadingDesk() }

    private func faults(
        changing changes: [Heading: String?], event: Bool = false
    ) throws -> [String] {
        var values = ReadingDesk.visit
        for (heading, text) in changes { values[heading] = text }
        let no = #expect(throws: Refusal.self) { try desk.read(values, event: event) }
        return (no?.faults ?? []).map { "\($0.place): \($0.words.en)" }
    }

    @Test(
        arguments: [
            (.day, nil, "日期", "is missing"), (.day, "someday", "日期", "is not a day"),
            (.day, "2015-07-02", "日期", "has not come yet"),
            (.day, "1949-09-30", "日期", "too early"), (.unit, nil, "单位", "is missing"),
            (.unit, "C9", "单位", "No unit has the code C9"),
            (.unit, "G1", "单位", "“Visit” cannot be recorded in “一网格” (grid)"),
            (.place, nil, "走访网格", "is missing"), (.place, "C1", "地点单位", "cannot be recorded"),
            (.lastDay, "2015-02-28", "截止日期", "before the first"),
            (.lastDay, "soon", "截止日期", "is not a day"),
            (.lastDay, "9999-12-31", "截止日期", "Leave the last day empty"),
            (.measure(0), nil, "时长", "is missing"),
            (.measure(0), "many", "时长", "is not a number of minutes"),
            (.measure(0), "-3", "时长", "by reversing it"),
            (.measure(1), "1.234", "面积", "too many decimals for m²"),
            (.measure(1), "9999999999999", "面积", "too large"),
            (.field("mode"), "飞行", "方式", "is none of: At the door, By telephone"),
            (.field("mode"), nil, "方式", "is missing"), (.field("heads"), "三", "人数", "not a number"),
            (.field("seen"), "昨天", "上次走访", "is not a day"),
            (.field("agreed"), "maybe", "同意", "yes or no"),
            (.field("note"), String(repeating: "长", count: 2_001), "备注", "too long"),
            (.person("visitor"), nil, "走访人", "is missing"),
            (.person("visitor"), "P-1;P-2", "走访人", "Only one person"),
            (.person("visitor"), "路人", "走访人", "“路人” is not known"),
            (.person("guest"), "同名", "陪同人", "more than one person; give a number: P-2、P-3"),
            (.subject("firm"), nil, "企业", "is missing"),
            (.subject("car"), "1;2", "车辆", "Only one code"),
            (.privateValue("contact"), nil, "联系方式", "is missing"),
        ] as [(Heading, String?, String, String)])
    func aFaultStandsBesideItsHeading(
        heading: Heading, text: String?, place: String, words: String
    ) throws {
        let faults = try faults(changing: [heading: text])
        // A day that is wrong takes with it what depends on the day.
        #expect(faults.count == 1 || heading == .day, "\(faults)")
        #expect(
            faults.contains { $0.hasPrefix(place + ": ") && $0.contains(words) }, "\(faults)")
    }

    @Test func aUnitNotInForceThatDaySaysWhenItWas() throws {
        let faults = try faults(changing: [.unit: "OLD"])
        #expect(faults.count == 1)
        #expect(
            faults.first
                == "单位: The code OLD (旧社区) is not in force on 2015-03-01, "
                + "only 2014-01-01–2015-02-28.")
        #expect(
            try desk.read(changed([.unit: "OLD", .day: "2015-02-28"])).unit == desk.unit("OLD"))
    }

    @Test func everyFaultOfARowIsNamedAtOnce() throws {
        let faults = try faults(changing: [
            .day: "x", .measure(0): "y", .field("mode"): "z", .person("visitor"): nil,
            .subject("firm"): nil,
        ])
        #expect(faults.count == 5, "\(faults)")
        let places = ["日期", "时长", "方式", "走访人", "企业"]
        for place in places { #expect(faults.contains { $0.hasPrefix(place) }, "\(place)") }
    }

    @Test func aReversalOrAnEndNeedsARecordToRest() throws {
        #expect(try faults(changing: [.ends: "K-9"]).first?.contains("number “K-9”") == true)
        #expect(
            try faults(changing: [.reverses: "K-1"]).first?.contains("needs a reason") == true)
        #expect(
            try faults(changing: [.reverses: "K-1", .ends: "K-1", .reason: "误"]).first?
                .contains("both reverse and end") == true)
        let words = try faults(
            changing: [.ends: "K-1", .lastDay: nil], event: true)
        #expect(words.contains { $0.contains("Only a standing thing can end") })
        #expect(
            try faults(
                changing: [.unit: "BUR", .measure(0): "1", .field("title"): "页"], event: true
            )
            .contains { $0.hasPrefix("截止日期") })
    }

    @Test func anEntryInOrderIsReadWhole() throws {
        let entry = try desk.read(ReadingDesk.visit)
        #expect(entry.ref == "V-1")
        #expect(entry.unit == desk.unit("C1"))
        #expect(entry.place == desk.unit("G1"))
        #expect(entry.happenedOn == Day(2015, 3, 1))
        #expect(entry.untilOn == Day(2015, 7, 1), "the last day is still in force")
        #expect(entry.measures == [1_090, 1_250])
        #expect(
            entry.fields == [
                "mode": "door", "heads": "3", "seen": "2015-02-03", "agreed": "true", "note": "都好",
            ])
        #expect(entry.persons.map(\.role) == ["visitor", "guest", "guest"])
        #expect(entry.subjects.map(\.code) == ["F-1", "F-2"])
        #expect(entry.privates == ["contact": "6810-0000"])
        #expect(!entry.fieldsJSON.contains("6810"))
    }

    @Test func aChoiceIsReadByItsIdOrEitherName() throws {
        for text in ["phone", "电话", "By telephone"] {
            #expect(try desk.read(changed([.field("mode"): text])).fields["mode"] == "phone")
        }
    }

    @Test func whatEndsARecordStandsWhereThatStands() throws {
        let entry = try desk.read([.day: "2015-06-01", .ends: "K-1"])
        #expect(entry.ends == ReadingDesk.known)
        #expect(entry.unit == desk.unit("C1"))
        let reversal = try desk.read([.day: "2015-06-01", .reverses: "K-1", .reason: "重复"])
        #expect(reversal.reverses == ReadingDesk.known)
        #expect(reversal.reason == "重复")
    }

    @Test func theSameWordsMakeTheSameContent() throws {
        let first = try desk.read(ReadingDesk.visit)
        let second = try desk.read(changed([.measure(0): "1090", .day: "2015-03-01"]))
        #expect(first.id != second.id)
        #expect(first.content == second.content)
        let twice = try desk.read(
            changed([.person("guest"): "P-2;P-1;P-1", .subject("firm"): "F-2;F-1"]))
        #expect(twice.content == first.content, "naming somebody twice says no more")
        for change: [Heading: String] in [
            [.ref: "V-2"], [.day: "2015-03-02"], [.lastDay: "2015-06-29"], [.measure(0): "1091"],
            [.field("note"): "不好"], [.person("guest"): "P-1"], [.subject("firm"): "F-1"],
        ] {
            #expect(try desk.read(changed(change)).content != first.content, "\(change)")
        }
    }

    private func changed(_ changes: [Heading: String]) -> [Heading: String] {
        ReadingDesk.visit.merging(changes) { $1 }
    }
}
