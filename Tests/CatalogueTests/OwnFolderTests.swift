import Catalogue
import Core
import Testing

/// A district writes its own kinds and indicators down: no program is changed for them.
@Suite struct OwnFolderTests {
    private func own(_ files: [String: String]) -> DraftCatalogue {
        var draft = DraftCatalogue()
        draft.files = files
        return draft
    }

    @Test func aDistrictAddsAKindAndAnIndicatorOfItsOwn() throws {
        let own = own([
            "kinds/trees.yaml": """
            tree_planting:
              name: {zh: 植树, en: Tree planting}
              visibility: public
              at: [street]
              measures: {trees: {label: {zh: 棵数, en: Trees}, unit: piece, required: true}}
            """,
            "indicators/trees.yaml": DraftCatalogue.indicator(
                id: "tree.sum", from: "tree_planting", value: "sum(trees)"),
        ])
        let plain = try Catalogue(folders: [ownCatalogue])
        let catalogue = try own.load(behind: [ownCatalogue])
        #expect(plain.kinds["tree_planting"] == nil)
        #expect(catalogue.kinds["tree_planting"]?.measures.map(\.id) == ["trees"])
        #expect(catalogue.publicKinds.contains("tree_planting"))
        #expect(catalogue.indicators["tree.sum"]?.value == .sum("trees"))
        #expect(catalogue.kinds.count == plain.kinds.count + 1)
        #expect(catalogue.indicators.count == plain.indicators.count + 1)
    }

    @Test func aLaterFolderReplacesWhatAnEarlierOneSaid() throws {
        let own = own([
            "kinds/talks.yaml": """
            talk:
              name: {zh: 大讲堂, en: Forum}
              visibility: internal
            """
        ])
        try DraftCatalogue().withFolder { folder in
            let catalogue = try own.load(behind: [folder])
            #expect(catalogue.kinds["talk"]?.name.zh == "大讲堂")
            #expect(catalogue.publicKinds == [])
            #expect(try Catalogue(folders: [folder]).kinds["talk"]?.name.zh == "讲座")
        }
    }

    private func rules(_ texts: String...) -> DraftCatalogue {
        own(["rules/minutes.yaml": texts.joined(separator: "\n")])
    }

    private func rule(_ value: Int, from: String, until: String? = nil) -> String {
        DraftCatalogue.rule("talk.minutes", value: value, from: from, until: until)
    }

    @Test func aRuleWithTwoValuesOnADayInOneFolderIsRefused() throws {
        var two = rules(rule(30, from: "2015-01-01"))
        two.files["rules/more.yaml"] = rule(45, from: "2015-06-01")
        let fault = "rules/more.yaml:2: “talk.minutes” has two values on 2015-06-01"
        #expect(try two.faults() == [fault])
        try DraftCatalogue().withFolder { folder in
            let broken = #expect(throws: BrokenCatalogue.self) {
                try two.load(behind: [folder])
            }
            #expect(broken?.description == fault)
        }
    }

    /// From, until, and what holds before June, on its first and last day, and behind it.
    private static let values: [(String, String?, [Int])] = [
        ("2015-06-01", "2015-07-01", [30, 45, 45, 30]),
        ("2015-06-01", nil, [30, 45, 45, 45]),
        ("2014-01-01", "2015-06-15", [45, 45, 30, 30]),
        ("2014-01-01", nil, [45, 45, 45, 45]),
    ]

    @Test(arguments: values)
    func aDistrictsValueOfARuleHoldsOnItsOwnDaysOnly(
        _ from: String, _ until: String?, _ values: [Int]
    ) throws {
        try DraftCatalogue().withFolder { folder in
            let catalogue = try rules(rule(45, from: from, until: until)).load(behind: [folder])
            let found = ["2015-05-31", "2015-06-01", "2015-06-30", "2015-07-01"].compactMap {
                Day($0).flatMap { catalogue.rule("talk.minutes", on: $0)?.value }
            }
            #expect(found == values)
            #expect(catalogue.overrides.map(\.own.value) == [45])
            #expect(catalogue.overrides.map(\.other.value) == [30])
            #expect(catalogue.overrides.first?.from == max(Day(from)!, Day("2015-01-01")!))
            #expect(catalogue.overrides.first?.until == until.flatMap { Day($0) })
        }
    }

    /// What is left of a value beside a nearer one stands where the page of the rules lists it.
    @Test func whatIsLeftOfAValueKeepsItsPlaceOnThePage() throws {
        let own = rules(rule(45, from: "2015-06-01", until: "2015-07-01") + "\n  scope: S1")
        try DraftCatalogue().withFolder { folder in
            let catalogue = try own.load(behind: [folder])
            let listed = Set((catalogue.rules["talk.minutes"] ?? []).map(\.anchor))
            #expect(listed == ["talk.minutes-2015-01-01", "talk.minutes-2015-06-01-S1"])
            let here = catalogue.holding(in: ["S1"]).rules["talk.minutes"] ?? []
            #expect(here.count == 3)
            #expect(Set(here.map(\.anchor)) == listed)
        }
    }

    @Test func aDistrictDoesWithoutAKindAndWhatIsCountedOfIt() throws {
        try DraftCatalogue().withFolder { folder in
            var own = DraftCatalogue()
            own.files = ["without.yaml": "kinds: [talk]\n"]
            let catalogue = try own.load(behind: [folder])
            #expect(catalogue.kinds["talk"] == nil)
            #expect(catalogue.indicators.values.filter { $0.kind == "talk" }.map(\.id) == [])
            own.files = ["without.yaml": "kinds: [walk]\n"]
            let broken = #expect(throws: BrokenCatalogue.self) {
                try own.load(behind: [folder])
            }
            #expect(broken?.description.contains("the kind “walk” is not known") == true)
        }
    }

    /// Which value holds where: in a bureau of the district, in the district, and elsewhere.
    private static let places: [([String], Int?)] = [
        (["BUR-1", "370202"], 60), (["370202"], 45), (["110199"], 30), ([], 30),
    ]

    @Test(arguments: places)
    func theNearestOfSeveralValuesHolds(_ place: [String], _ value: Int?) throws {
        var own = rules(rule(45, from: "2015-06-01") + "\n  scope: \"370202\"")
        own.files["rules/bureau.yaml"] =
            rule(60, from: "2015-06-15", until: "2015-07-01") + "\n  scope: BUR-1"
        try DraftCatalogue().withFolder { folder in
            let catalogue = try own.load(behind: [folder])
            let here = catalogue.holding(in: place)
            func held(_ day: String) throws -> Int? {
                here.rule("talk.minutes", on: try #require(Day(day)))?.value
            }
            #expect(catalogue.overrides.isEmpty)
            #expect(try held("2015-05-31") == 30)
            #expect(try held("2015-06-20") == value)
            #expect(try held("2015-07-01") == (place.contains("370202") ? 45 : 30))
            #expect(
                here.rules["talk.minutes"]?.map(\.from)
                    == here.rules["talk.minutes"]?.map(\.from).sorted())
        }
    }

    @Test func aRuleForSomeUnitsHoldsNowhereElse() throws {
        let own = own(["rules/own.yaml": rule(45, from: "2015-06-01") + "\n  scope: BUR-1"])
        let catalogue = try own.load()
        let day = try #require(Day("2015-06-20"))
        #expect(catalogue.scopes == ["BUR-1"])
        #expect(catalogue.holding(in: ["370202"]).rule("talk.minutes", on: day) == nil)
        // A figure of the district still says what the bureau's rule is.
        let figure = catalogue.holding(in: ["370202"], elsewhere: true)
        #expect(figure.rule("talk.minutes", on: day)?.value == 45)
    }

    @Test(arguments: [
        ("rule/own.yaml", "rule:1: this is not read: did you mean “rules”?"),
        ("indicator/own.yaml", "indicator:1: this is not read: did you mean “indicators”?"),
        ("extra.yaml", "extra.yaml:1: this is not read: a catalogue has the folders"),
        ("register.yml", "register.yml:1: this is not read: did you mean “register.yaml”?"),
        ("rules/own.yml", "rules/own.yml:1: this file is not read: its name must end in .yaml"),
        ("kinds/more/own.yaml", "kinds/more:1: a folder in “kinds” is not read"),
    ])
    func whatWouldNotBeReadIsAFault(_ file: String, _ fault: String) throws {
        var draft = DraftCatalogue()
        draft.files[file] = "# Nothing.\n"
        draft.files["README.md"] = "For whoever keeps it."
        let faults = try draft.faults()
        #expect(faults.count == 1 && faults.allSatisfy { $0.contains(fault) }, "\(faults)")
    }

    @Test func wordsThatNoDistrictMayKeepStandInTheProgramsFolderAlone() throws {
        let own = own(["refused.yaml": "# Nothing.\n"])
        let broken = #expect(throws: BrokenCatalogue.self) {
            try own.load(behind: [ownCatalogue])
        }
        #expect(broken?.description.contains("refused.yaml:1:") == true)
    }

    @Test func aDistrictDoesWithoutThemesFiguresAndDues() throws {
        let own = own([
            "without.yaml": """
            themes: [department]
            indicators: [lecture.count]
            dues: [theme_day]
            """
        ])
        let catalogue = try own.load(behind: [ownCatalogue])
        #expect(!catalogue.indicators.values.contains { $0.area == "department" })
        #expect(catalogue.indicators["lecture.count"] == nil && catalogue.dues["theme_day"] == nil)
        #expect(catalogue.indicators["premises.share_1000"] != nil)
        let wrong = self.own(["without.yaml": "themes: [gardens]\ndues: [dinner]\nkind: [talk]"])
        let broken = #expect(throws: BrokenCatalogue.self) {
            try wrong.load(behind: [ownCatalogue])
        }
        for word in ["the theme “gardens”", "the due “dinner”", "“kind” is not known here"] {
            #expect(broken?.description.contains(word) == true, "\(word)")
        }
    }

    @Test func aValueBeforeOrBehindAnotherOverridesNothing() throws {
        try DraftCatalogue().withFolder { folder in
            let catalogue = try rules(rule(45, from: "2014-01-01", until: "2015-01-01"))
                .load(behind: [folder])
            #expect(catalogue.overrides.isEmpty)
            #expect(catalogue.rules["talk.minutes"]?.map(\.value) == [45, 30])
        }
    }

    @Test func whatADistrictReplacesIsCheckedWithWhatRestsOnIt() throws {
        let own = own([
            "kinds/lecture.yaml": "lecture:\n  name: {zh: 党课, en: Lecture}\n  at: [village]"
        ])
        let broken = #expect(throws: BrokenCatalogue.self) {
            try own.load(behind: [ownCatalogue])
        }
        let text = broken?.description ?? ""
        #expect(text.contains("kinds/lecture.yaml:2: “lecture” names the unknown form “village”"))
        #expect(text.contains("indicators/education.yaml:"))
    }

    @Test func anIndicatorsVersionChangesWithItsDefinitionAlone() throws {
        func version(_ text: String) throws -> String? {
            var draft = DraftCatalogue()
            draft.files["indicators/talks.yaml"] = text
            return try draft.load().indicators["talk.count"]?.version
        }
        let written = DraftCatalogue.indicator()
        let first = try version(written)
        #expect(first?.utf8.count == 12)
        #expect(try version("# A remark.\n" + written) == first)
        #expect(
            try version(written + "\n" + DraftCatalogue.indicator(id: "talk.other")) == first)
        #expect(try version(DraftCatalogue.indicator("step: 10")) != first)
    }

    @Test func aFolderThatSaysNothingIsNoFault() throws {
        #expect(try Catalogue(folders: ["/nowhere"]).kinds.isEmpty)
        #expect(try own(["kinds/empty.yaml": "# Nothing yet.\n"]).faults() == [])
    }
}
