import Catalogue
import Core
import Testing

/// The texts of a procedure: a district's over the project's, one after another, and kept ones.
@Suite struct ProcedureTextTests {
    private static let own = """
        relation_transfer:
          from: 2016-01-01
          without: [renew]
          steps:
            tell:
              kind: transfer_confirmation
              name: {zh: 告知本人, en: Told}
              after: confirm
              by: from_unit.branch_secretary
            confirm: {within: 3 working_day}
          ends: {confirm: moved, tell: told}
          endings: {told: {zh: 已告知, en: Told}}
          examples:
            - name: told after the receipt
              steps:
                - {letter: 2026-03-02, distance: beyond}
                - {answer: 2026-03-20, outcome: received}
              expect:
                - {at: 2026-03-21, owed: [confirm], latest: {confirm: 2026-03-25}}
        """

    @Test func aDistrictsFolderLaysItsWordsOverAText() throws {
        let draft = try ProcedureDraft()
        let shipped = try #require(try draft.load().procedures["relation_transfer"]?.first)
        let texts = try #require(
            try draft.load(under: ["procedures/own.yaml": Self.own]).procedures["relation_transfer"]
        )
        #expect(texts.count == 1)
        let laid = try #require(texts.first)
        #expect(laid.steps.map(\.id) == ["letter", "answer", "confirm", "void", "tell"])
        #expect(laid.step("confirm")?.kind == "transfer_confirmation")
        #expect(laid.step("confirm")?.within?.of == .fixed(Deadline.Length(3, .workingDay)))
        #expect(laid.step("tell")?.name?.en == "Told")
        #expect(laid.name == shipped.name)
        #expect(laid.version != shipped.version)
        #expect(laid.rules == ["transfer.letter_days_beyond", "transfer.letter_days_city"])
    }

    @Test func aFaultOfAnOverlayIsNamedInItsOwnFile() throws {
        let draft = try ProcedureDraft()
        let spoiled = Self.own.replacing("by: from_unit.branch", with: "by: from.branch")
            .replacing("without: [renew]", with: "without: [renewal]")
        let faults = try draft.faults(under: ["procedures/own.yaml": spoiled])
        #expect(
            faults.contains("procedures/own.yaml:3: “without” names the unknown step “renewal”"))
        #expect(faults.contains { $0.hasPrefix("procedures/own.yaml:9: “from.branch_secretary”") })
        let removed = Self.own.replacing("without: [renew]", with: "without: [confirm]")
        let fallen = try draft.faults(under: [
            "procedures/own.yaml": removed.replacing(
                "\n    confirm: {within: 3 working_day}", with: "")
        ])
        #expect(fallen.contains { $0.contains("“after” names the unknown step “confirm”") })
    }

    @Test func aLaterTextTakesTheCasesFromItsDayOn() throws {
        let draft = try ProcedureDraft()
        let text = try #require(draft.files["procedures/relation_transfer.yaml"])
        let catalogue = try draft.load(under: [
            "procedures/own.yaml": text.replacing("from: 2016-01-01", with: "from: 2026-07-01")
        ])
        func from(_ day: String) throws -> String? {
            catalogue.procedure("relation_transfer", openedOn: try time(day).day)?.from.description
        }
        #expect(try from("2015-12-31") == nil)
        #expect(try from("2026-06-30") == "2016-01-01")
        #expect(try from("2026-07-01") == "2026-07-01")
        #expect(
            try draft.faults(under: ["procedures/own.yaml": text, "procedures/two.yaml": text])
                .contains { $0.contains("has two texts from 2016-01-01") })
    }

    @Test func theVersionIsOfTheShapeAndNotOfTheWording() throws {
        func version(_ old: String, _ new: String) throws -> String? {
            var draft = try ProcedureDraft()
            try draft.replace(old, new, in: "procedures/relation_transfer.yaml")
            return try draft.load().procedures["relation_transfer"]?.first?.version
        }
        let written = try version("组织关系转接", "组织关系转接")
        #expect(try version("组织关系转接", "转接") == written)
        #expect(try version("en: issued", "en: Issued") == written)
        #expect(try version("single: true", "single: false") != written)
        #expect(
            try version("by: from_unit.committee_officer", "by: from_unit.branch_secretary")
                != written)
        #expect(
            try version("rule(transfer.confirm_days)", "rule(transfer.letter_days_city)") != written
        )
    }

    @Test func aKeptTextIsReadAgain() throws {
        let catalogue = try ProcedureDraft().load(under: ["procedures/own.yaml": Self.own])
        for procedure in catalogue.procedures.values.joined() {
            let again = try Procedure(kept: procedure.text, in: catalogue)
            #expect(again.version == procedure.version)
            #expect(again.text == procedure.text)
            #expect(again.steps.map(\.id) == procedure.steps.map(\.id))
            #expect(again.ends == procedure.ends)
            #expect(again.examples.count == procedure.examples.count)
            #expect(catalogue.faults(of: again) == [])
        }
        var draft = try ProcedureDraft()
        try draft.replace("transfer_void:", "transfer_cancelled:", in: "kinds/all.yaml")
        for id in ["admission", "relation_transfer"] {
            draft.files["procedures/\(id).yaml"] = nil
        }
        let kept = try #require(catalogue.procedures["relation_transfer"]?.first)
        let lost = try draft.load().faults(of: kept)
        #expect(
            lost.map(\.sentence) == [
                "relation_transfer.void: the kind “transfer_void” is not known"
            ])
        #expect(throws: BrokenCatalogue.self) { try Procedure(kept: "[", in: catalogue) }
    }

    @Test func kindsOfCasesAreToldFromTheirProcedures() throws {
        let catalogue = try ProcedureDraft().load()
        #expect(catalogue.caseKinds == ["admission", "transfer", "election", "service_case"])
        #expect(catalogue.stepKinds.contains("request_handling"))
        #expect(!catalogue.stepKinds.contains("membership"))
        #expect(catalogue.kinds["case_pause"]?.caseAct == .pause)
        #expect(catalogue.kindsOfCases.contains("case_pause"))
        #expect(catalogue.rulesInUse.contains("admission.observe_years"))
        #expect(
            catalogue.rule("election.majority_base", on: try time("2026-01-01").day)?.word
                == "present")
    }
}
