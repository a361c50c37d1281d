import Catalogue
import Core
import Foundation
import Testing

/// Whatever is wrong with a catalogue is named with its file and line, all of it at once.
@Suite struct FaultTests {
    private typealias Draft = DraftCatalogue

    /// A spoiled file, and the fault that must be named.
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        let text: String
        let fault: String
        var testDescription: String { fault }
    }

    private static func kind(_ old: String, _ new: String, _ fault: String) -> Case {
        Case(
            file: "kinds/talks.yaml", text: Draft.kinds.replacing(old, with: new),
            fault: "kinds/talks.yaml:" + fault)
    }

    private static func indicator(
        from: String = "talk", value: String = "count", _ line: String, _ fault: String
    ) -> Case {
        Case(
            file: "indicators/talks.yaml",
            text: Draft.indicator(from: from, value: value, line),
            fault: "indicators/talks.yaml:" + fault)
    }

    private static func target(_ lines: String, _ fault: String, line: Int = 2) -> Case {
        let rule = Draft.rule("talk.hours", value: 1, from: "2015-01-01")
        return Case(
            file: "rules/more.yaml", text: rule + "\n  target: {\(lines)}",
            fault: "rules/more.yaml:\(line): " + fault)
    }

    static let ofKinds = [
        kind("  shape: event", "  shpae: event", "3: “shpae” is not known here"),
        kind("shape: event", "shape: evnet", "3: “shape” is “evnet”; it can be event, standing"),
        kind(
            "visibility: public", "visibility: sealed",
            "2: “theme” of the sealed kind “talk” is free text: it belongs under “private”"),
        kind("visibility: public", "visibility: all", "4: “visibility” is “all”"),
        kind("name: {zh: 讲座, en: Talk}", "serves: []", "2: “name” is missing"),
        kind("{zh: 讲座, en: Talk}", "{zh: 讲座}", "2: “en” is missing"),
        kind("{zh: 讲座, en: Talk}", "讲座", "2: expected keys with values here"),
        kind("{zh: 讲座, en: Talk}", "{zh: 讲座, en: Talk, fr: x}", "2: “fr” is not known here"),
        kind("unit: minute", "unit: moment", "7: “unit” is “moment”; it can be minute"),
        kind("required: true}\n  fields", "required: yes}\n  fields", "7: “required” must be true"),
        kind("type: text", "type: prose", "9: “type” is “prose”; it can be text, choice"),
        kind("type: choice\n      label: {zh: 颜", "label: {zh: 颜", "11: “options” belong to"),
        kind(
            "options: {red: {zh: 红, en: Red}, blue: {zh: 蓝, en: Blue}}", "required: true",
            "11: “options” belong to a choice, and a choice needs them"),
        kind("{zh: 主题, en: Theme}", "{zh: 时长, en: T}", "2: two columns can be headed “时长”"),
        kind("{zh: 主题, en: Theme}", "{zh: 主, en: Color}", "2: two columns can be headed “color”"),
        kind("    theme:", "    minutes:", "2: “minutes” names two things of “talk”"),
        kind("    speaker:", "    color:", "2: “color” names two things of “talk”"),
        kind("    theme:", "    Theme:", "2: “Theme” must be named with a-z"),
        kind("talk:\n", "Talk:\n", "2: a kind is named with a-z"),
        kind("register: speaker", "many: false", "20: “register” is missing"),
        kind("register: speaker", "register: [speaker]", "20: “register” must be one value"),
        kind(
            "register: speaker", "register: nobody",
            "2: “talk” keeps personal data without an entry “nobody” in register.yaml"),
        kind("at: [street]", "at: [village]", "2: “talk” names the unknown form “village”"),
        kind("at: [street]", "at: {street: true}", "5: “at” must be a list"),
        kind("at: [street]", "at: [[street]]", "5: “at” must be a list of words"),
        kind(
            "at: [street]",
            "at: [street]\n  private:\n    phone: {label: {zh: 电话, en: Phone},"
                + " register: phone}",
            "2: “talk” keeps personal data without an entry “phone” in register.yaml"),
        kind(
            "at: [street]", "place: {label: {zh: 地点, en: Place}, at: [hall]}",
            "2: “talk” names the unknown form “hall”"),
        kind(
            "  fields:",
            (1...4).map { "    m\($0): {label: {zh: 数, en: Number}, unit: piece}\n" }.joined()
                + "  fields:", "7: a kind has at most four measures"),
        kind("  shape: event", "  shape: event\n  shape: event", "3: “shape” is given twice"),
        kind("club:\n", "talk:\n", "1: “talk” is given twice"),
        kind("  shape: event", "  shape: [event", "4: this is not YAML"),
        kind("  shape: event", " shape: event", "3: this is not YAML"),
        kind("  shape: event", "\tshape: event", "3: this is not YAML"),
        Case(file: "kinds/more.yaml", text: "[talk]", fault: "kinds/more.yaml:1: expected keys"),
        Case(
            file: "kinds/twice.yaml", text: "talk:\n  name: {zh: 又, en: Again}",
            fault: "kinds/twice.yaml:2: “talk” is given twice"),
    ]

    static let ofIndicators = [
        indicator("flavor: sweet", "7: “flavor” is not known here"),
        indicator(from: "tlak", "", "2: talk.count: the kind “tlak” is not known"),
        indicator(value: "sum(minuets)", "", "2: talk.count: “talk” has no measure “minuets”"),
        indicator(value: "total", "", "5: “total” is not a value a figure can have"),
        indicator(value: "distinct(subjects)", "", "2: talk.count: “talk” has no subjects"),
        indicator(value: "distinct(tone)", "", "2: talk.count: “talk” has no field “tone”"),
        indicator(value: "distinct(places)", "", "2: talk.count: “talk” has no place to count"),
        indicator(
            value: "distinct(units)", "level: village",
            "2: talk.count: the form of unit “village” is not known"),
        indicator(value: "rule(talk.hours)", "", "2: talk.count: the rule “talk.hours” is not"),
        indicator(value: "pick", "", "2: “value: pick” needs “pick”"),
        indicator(
            value: "pick", "pick: {largest: area}", "7: “largest” must be like sum(area)"),
        indicator(
            value: "pick", "pick: {earliest: day, tie: some}", "7: “tie” is “some”; it can be"),
        indicator(
            value: "pick", "pick: {earliest: day, then: nothing}", "7: “then” is “nothing”"),
        indicator(
            value: "pick", "pick: {earliest: day, within: village}",
            "2: talk.count: the form of unit “village” is not known"),
        indicator("where: {tone: {is: red}}", "2: talk.count: “talk” has no field or measure"),
        indicator(
            "where: {color: {is: green}}",
            "2: talk.count: “green” is not an option of “talk.color”"),
        indicator(
            "where: {color: {in: [red, green]}}",
            "2: talk.count: “green” is not an option of “talk.color”"),
        indicator(
            "where: {color: {at_least: red}}",
            "2: talk.count: the options of “talk.color” have no order"),
        indicator(
            "where: {color: {like: red}}",
            "7: expected is, in, at_least, more_than, at_most, less_than or set"),
        indicator(
            "where: {minutes: {at_least: long}}",
            "2: talk.count: “long” is no amount of “talk.minutes”"),
        indicator(
            "where: {minutes: {at_least: 9223372036854775807 hour}}",
            "2: talk.count: “9223372036854775807 hour” is no amount of “talk.minutes”"),
        indicator("round: 7", "7: “round” must be 0 to 6"),
        indicator("step: 9223372036854775807", "7: “step” must be a whole number"),
        indicator("where: [color]", "7: expected keys with values here"),
        indicator("role: listener", "2: talk.count: “talk” has no role “listener”"),
        indicator("when: in_force", "2: talk.count: “talk” is an event"),
        indicator("when: later", "7: “when” is “later”; it can be happened, started, in_force"),
        indicator("at: place", "2: talk.count: “talk” has no place that could count"),
        indicator("by: flavor", "2: talk.count: “by” names “flavor”, which is no field"),
        indicator("over: talk.total", "2: talk.count: “over” names the unknown indicator"),
        indicator("check: {sum: talk.total}", "2: talk.count: “check” names the unknown indicator"),
        indicator("chain: [talk.done]", "2: talk.count: “chain” names the unknown indicator"),
        indicator("chain: [talk.count]", "2: talk.count: “chain” names the indicator itself"),
        indicator("check: {total: talk.count}", "7: “total” is not known here"),
        indicator("since: rule(talk.hours)", "2: talk.count: the rule “talk.hours” is not known"),
        indicator("since: 2015-01-01", "7: “since” must be like rule(id)"),
        indicator("had: [{kind: talk}]", "2: talk.count: “had” needs a standing kind"),
        indicator("had: [{kind: clbu}]", "2: talk.count: the kind “clbu” is not known"),
        indicator(
            "had_not: [{kind: club, role: tail}]", "2: talk.count: “club” has no role “tail”"),
        indicator("had: [{role: head}]", "7: “kind” is missing"),
        indicator("had: {kind: club}", "7: “had” must be a list"),
        indicator(
            "had: [{kind: club, by: subject, subject: club}]",
            "2: talk.count: “talk” has no subject “club”"),
        indicator(
            from: "club", "had: [{kind: club, by: subject, subject: firm}]",
            "2: talk.count: “club” has no subject “firm”"),
        indicator(
            "followed_by: {kind: club, link: firm}", "2: talk.count: “club” has no subject “firm”"),
        indicator(
            "followed_by: {kind: club, link: club}", "2: talk.count: “talk” has no subject “club”"),
        indicator(
            from: "club", "followed_by: {kind: club, link: club, day: last}",
            "7: “day” is “last”; it can be first, follower"),
        indicator("per: [week]", "7: “per” needs “having”, or “as: each”"),
        indicator("having: {at_least: 1}", "7: “having” needs “per”"),
        indicator(
            "per: [village]\n  having: {at_least: 1}",
            "2: talk.count: the form of unit “village” is not known"),
        indicator(
            "per: [{standing: talk}]\n  having: {at_least: 1}",
            "2: talk.count: “standing” needs a standing kind, not “talk”"),
        indicator(
            "per: [week]\n  having: {at_least: rule(talk.hours)}",
            "2: talk.count: the rule “talk.hours” is not known"),
        indicator("only: some", "7: “only” is “some”; it can be present"),
        indicator("units: later", "7: “units” is “later”; it can be now, then"),
        indicator("visibility: secret", "7: “visibility” is “secret”; it can be public"),
        indicator("qualifier: about", "7: “qualifier” is “about”; it can be exact, over"),
        indicator("step: 0", "7: “step” must be at least 1"),
        indicator("step: ten", "7: “step” must be a whole number"),
        indicator("scale: furlong", "7: “furlong” is not a unit of measure"),
        indicator("axis: river", "7: “axis” is “river”; it can be territory, party, line"),
        indicator(from: "units", "", "2: talk.count: “from: units” needs “forms”"),
        indicator(
            from: "units", "forms: [village]",
            "2: talk.count: the form of unit “village” is not known"),
        Case(
            file: "indicators/talks.yaml", text: "talk.count:\n  area: education\n  value: count",
            fault: "indicators/talks.yaml:2: “from” is missing"),
        Case(
            file: "indicators/twice.yaml", text: Draft.indicator(),
            fault: "indicators/twice.yaml:2: “talk.count” is given twice"),
    ]

    static let ofTheRest = [
        Case(
            file: "rules/more.yaml",
            text: Draft.rule("talk.minutes", value: 45, from: "2015-06-01"),
            fault: "rules/more.yaml:2: “talk.minutes” has two values on 2015-06-01"),
        Case(
            file: "rules/more.yaml", text: Draft.rule("talk.hours", value: 1, from: "2015-02-29"),
            fault: "rules/more.yaml:5: “from” must be a day like 2015-03-30"),
        Case(
            file: "rules/more.yaml",
            text: Draft.rule("talk.hours", value: 1, from: "2015-01-01").replacing(
                "value: 1", with: "value: many"),
            fault: "rules/more.yaml:3: “value” must be a whole number"),
        Case(
            file: "rules/more.yaml",
            text: "talk.hours:\n  name: {zh: 时, en: Hours}\n  source: {zh: 规定, en: A rule}",
            fault: "rules/more.yaml:2: “value” is missing"),
        target("indicator: talk.none", "“talk.hours” is the target of the unknown indicator"),
        target(
            "indicator: talk.count, forms: [town]", "“talk.hours” names the unknown form “town”"),
        target("most: true", "“indicator” is missing", line: 7),
        Case(
            file: "rules/more.yaml",
            text: Draft.rule("talk.hours", value: 1, from: "2015-01-01").replacing(
                "unit: minute", with: "unit: percent\n  target: {indicator: talk.count}"),
            fault: "rules/more.yaml:2: “talk.hours” and its indicator are not both in percent"),
        Case(
            file: "forms.yaml",
            text: "street: {name: {zh: 街道, en: Street}, axis: river}",
            fault: "forms.yaml:1: “axis” is “river”"),
        Case(
            file: "register.yaml", text: "speaker:\n  what: {zh: 姓名, en: Name}",
            fault: "register.yaml:2: “purpose” is missing"),
        Case(
            file: "calendars/2015.yaml", text: "days: []",
            fault: "calendars/2015.yaml:1: “year” is missing"),
        Case(
            file: "calendars/2015.yaml",
            text: "year: 2015\ndays:\n  - {day: 2016-01-01, name: {zh: 元旦, en: New Year}}",
            fault: "calendars/2015.yaml:3: 2016-01-01 does not lie in 2015"),
        Case(
            file: "calendars/2015.yaml",
            text: "year: 2015\ndays:\n  - {kind: feast, day: 2015-01-01, name: {zh: 节, en: F}}",
            fault: "calendars/2015.yaml:3: “kind” is “feast”; it can be holiday"),
        Case(
            file: "calendars/2015.yaml",
            text: "year: 2015\ndays:\n  - {name: {zh: 元旦, en: New Year}}",
            fault: "calendars/2015.yaml:3: “day” is missing"),
    ]

    @Test(arguments: ofKinds + ofIndicators + ofTheRest)
    func eachIsNamedWithItsFileAndLine(_ spoiled: Case) throws {
        var draft = DraftCatalogue()
        draft.files[spoiled.file] = spoiled.text
        let faults = try draft.faults()
        #expect(faults.contains { $0.contains(spoiled.fault) })
        #expect(faults.allSatisfy { $0.contains(/^\S+\.yaml:\d+: \S/) })
        #expect(faults.allSatisfy { !$0.contains("\n\n") && $0.count < 400 })
    }

    @Test func aFileThatIsNotUTF8IsNamed() throws {
        try DraftCatalogue().withFolder { folder in
            let file = URL(filePath: folder + "/kinds/talks.yaml")
            try Data([0x74, 0xFF, 0xFE]).write(to: file)
            let broken = #expect(throws: BrokenCatalogue.self) { try Catalogue(folders: [folder]) }
            #expect(
                broken?.description.contains("kinds/talks.yaml:1: the file is not UTF-8 text")
                    == true)
        }
    }

    @Test func oneReadingNamesThemAll() throws {
        var draft = DraftCatalogue()
        draft.files["kinds/talks.yaml"] = Draft.kinds
            .replacing("shape: event", with: "shape: evnet")
            .replacing("unit: minute", with: "unit: moment")
        draft.files["indicators/talks.yaml"] = Draft.indicator("flavor: sweet", "role: listener")
        draft.files["calendars/2015.yaml"] = "days: []"
        let faults = try draft.faults()
        #expect(faults.count == 5)
        #expect(Set(faults.map { $0.prefix { $0 != ":" } }).count == 3)
    }

    @Test func aDraftWithoutAFaultLoads() throws {
        let catalogue = try DraftCatalogue().load()
        #expect(catalogue.kinds.keys.sorted() == ["club", "talk"])
        #expect(catalogue.publicKinds == ["talk"])
        #expect(catalogue.indicators["talk.count"]?.visibility == nil)
    }

    @Test func aRuleMayHaveOneValueAfterAnother() throws {
        var draft = DraftCatalogue()
        draft.files["rules/rules.yaml"] = Draft.rule(
            "talk.minutes", value: 30, from: "2015-01-01", until: "2015-06-01")
        draft.files["rules/more.yaml"] = Draft.rule(
            "talk.minutes", value: 45, from: "2015-06-01")
        let catalogue = try draft.load()
        let days = ["2014-12-31", "2015-01-01", "2015-05-31", "2015-06-01"]
        let values = days.map { text in
            Day(text).flatMap { catalogue.rule("talk.minutes", on: $0)?.value }
        }
        #expect(values == [nil, 30, 30, 45])
    }
}
