import Catalogue
import Core
import Testing

/// What falls due is data, and what is wrong in it is named with its file and line.
@Suite struct DueTests {
    private typealias Draft = DraftCatalogue

    /// A due of talks, with further lines of its own.
    private static func due(_ lines: String...) -> String {
        (["monthly_talk:", "  name: {zh: 每月讲座, en: Talk of the month}"]
            + lines.map { "  " + $0 }).joined(separator: "\n")
    }

    private static let month = due(
        "from: talk", "at: [street]", "every: month", "times: rule(talk.times)",
        "source: talk.times")

    private func draft(_ text: String) -> Draft {
        var draft = Draft()
        draft.files["dues/talks.yaml"] = text
        draft.files["rules/more.yaml"] = """
            \(Draft.rule("talk.times", value: 2, from: "2015-02-10", until: "2016-01-01"))
            \(Draft.rule("talk.days", value: 30, from: "2015-01-01")
                .replacing("unit: minute", with: "unit: day"))
            \(Draft.rule("talk.cycle", value: 3, from: "2015-01-01")
                .replacing("unit: minute", with: "unit: month"))
            \(Draft.rule("talk.odd", value: 4, from: "2015-01-01")
                .replacing("unit: minute", with: "unit: month"))
            """
        return draft
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let fault: String
        var testDescription: String { fault }
    }

    private static func spoiled(_ text: String, _ fault: String) -> Case {
        Case(text: text, fault: fault)
    }

    private static func month(_ old: String, _ new: String, _ fault: String) -> Case {
        Case(text: month.replacing(old, with: new), fault: fault)
    }

    private static func more(_ line: String, _ fault: String) -> Case {
        Case(text: month + "\n  " + line, fault: fault)
    }

    static let cases: [Case] = [
        month("from: talk", "from: tlak", "2: monthly_talk: the kind “tlak” is"),
        month("at: [street]", "at: [village]", "the form of unit “village”"),
        month("at: [street]", "at: [district]", "“talk” is not recorded in a"),
        month("at: [street]", "where: {tone: {is: red}}", "names the forms"),
        more("color: red", "8: “color” is not known here"),
        more("where: {tone: {is: red}}", "“talk” has no field “tone”"),
        more("where: {color: {is: green}}", "“green” is not an option of “talk.color”"),
        more("where: {rank: {at_least: low}}", "“where” of a due knows “is” and “in”"),
        more("value: max(minutes)", "8: “value” is “max(minutes)”; it can be count or"),
        more("value: sum(pages)", "“talk” has no measure “pages”"),
        more("with: talk", "“with” needs a standing kind, not “talk”"),
        more("with: clbu", "the kind “clbu” is not known"),
        more("latest: soon", "8: “latest” is “soon”; it can be any, working"),
        more("serves: [A-9]", "“serves” names the unknown mechanism “A-9”"),
        month("every: month", "every: fortnight", "5: “every” is “fortnight”"),
        month("every: month", "every: rule(talk.odd)", "“talk.odd” names no"),
        month("every: month", "every: rule(talk.no)", "the rule “talk.no” is"),
        month("every: month", "latest: any", "“every” or “ends” is missing"),
        month("rule(talk.times)", "many", "“times” is a number from 1 on"),
        month("rule(talk.times)", "0", "“times” is a number from 1 on"),
        month("source: talk.times", "value: count", "“source” names the rule"),
        month("source: talk.times", "source: a.b", "the rule “a.b” is not"),
        month("monthly_talk", "Monthly-Talk", "a due is named with a-z"),
        spoiled(
            due("from: talk", "at: [street]", "ends: {notice: 30}", "source: talk.days"),
            "“talk” is an event: it never ends"
        ),
        spoiled(
            due("from: club", "at: [street]", "every: month", "source: talk.days"),
            "“club” stands: it cannot be owed every so often"
        ),
        spoiled(
            due("from: club", "at: [street]", "ends: {notice: soon}", "source: talk.days"),
            "“notice” is a number of days or a rule of days"
        ),
        spoiled(
            due(
                "from: club", "at: [street]", "ends: {notice: rule(talk.cycle)}",
                "source: talk.days"), "“talk.cycle” is no rule of days"
        ),
        spoiled(
            due(
                "from: club", "at: [street]", "ends: {notice: 9, term: rule(talk.days)}",
                "source: talk.days"), "“talk.days” is no rule of months or years"
        ),
        spoiled(
            due(
                "from: club", "at: [street]", "ends: {notice: 9, term: years}",
                "source: talk.days"), "5: “term” must be like rule(id)"
        ),
        spoiled(
            due(
                "from: club", "at: [street]", "ends: {notice: 9}", "every: week",
                "source: talk.days"), "“every” and “ends” exclude each other"
        ),
    ]

    @Test(arguments: cases)
    func eachFaultIsNamedWithItsFileAndLine(_ spoiled: Case) throws {
        var draft = draft(spoiled.text)
        draft.files["mechanisms/all.yaml"] = "A-1: {zh: 甲, en: A}"
        draft.files["indicators/talks.yaml"] = Draft.indicator("serves: [A-1]")
        let faults = try draft.faults()
        #expect(faults.contains { $0.contains(spoiled.fault) }, "\(faults)")
        #expect(faults.allSatisfy { $0.contains(/^dues\/talks\.yaml:\d+: \S/) }, "\(faults)")
    }

    @Test func aDueHoldsWhileItsRuleDoes() throws {
        let catalogue = try draft(Self.month).load()
        let due = try #require(catalogue.dues["monthly_talk"])
        let terms = catalogue.terms(of: due)
        #expect(terms.map(\.from) == [Day("2015-02-10")])
        #expect(terms.map(\.to) == [Day("2016-01-01")])
        #expect(terms.map(\.cycle) == [.month])
        #expect(terms.map(\.times) == [2])
        let before = try #require(Day("2015-02-09"))
        #expect(catalogue.rule(of: due, on: before) == nil)
    }

    @Test func aLaterSourceIsTheOneThatIsNamed() throws {
        let catalogue = try Catalogue(folders: [ownCatalogue])
        let due = try #require(catalogue.dues["members_meeting"])
        let days = try ["2014-12-31", "2015-01-01", "2018-10-27", "2018-10-28"]
            .map { try #require(Day($0)) }
        #expect(
            days.map { catalogue.rule(of: due, on: $0)?.id } == [
                nil, "meeting.members_quarterly", "meeting.members_quarterly",
                "life.members_meeting_months",
            ])
        // The second says the same, so that no period is cut in two.
        #expect(catalogue.terms(of: due).count == 1)
    }

    /// Every due of the project reads, names a mechanism and a source, and stands in both
    /// languages.
    @Test func theProjectsOwnAreWellFormed() throws {
        let catalogue = try Catalogue(folders: [ownCatalogue, exampleCatalogue])
        #expect(catalogue.dues.count > 15)
        let newest = try #require(Day("2026-01-01"))
        for due in catalogue.duesInOrder {
            #expect(!due.name.zh.isEmpty && !due.name.en.isEmpty && !due.serves.isEmpty)
            #expect(!due.name.en.unicodeScalars.contains { $0.value >= 0x3400 }, "\(due.id)")
            #expect(due.ends || !catalogue.terms(of: due).isEmpty, "\(due.id) never holds")
            let rule = try #require(catalogue.rule(of: due, on: newest), "\(due.id)")
            #expect(!rule.source.zh.isEmpty)
        }
        let ids = Set(catalogue.dues.keys)
        #expect(
            ids.isSuperset(of: [
                "members_meeting", "committee_meeting", "group_meeting", "theme_day",
                "life_meeting", "secretary_lecture", "weekly_study", "onsite_week",
            ]))
    }
}
