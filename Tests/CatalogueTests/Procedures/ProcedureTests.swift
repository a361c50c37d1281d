import Catalogue
import Core
import Foundation
import Testing

/// What a definition says, and what is refused before a case could be opened under it.
@Suite struct ProcedureTests {
    @Test func everyExampleOfTheFourProceduresComesOut() throws {
        #expect(try ProcedureDraft().faults() == [])
        let catalogue = try ProcedureDraft().load()
        let examples = catalogue.procedures.values.joined().flatMap(\.examples)
        let statements = examples.reduce(0) {
            $0 + $1.expected.count + $1.refused.count + $1.lawful.count + $1.lawfulThen.count
        }
        #expect(catalogue.procedures.values.joined().reduce(0) { $0 + $1.steps.count } == 64)
        #expect(examples.count == 15)
        #expect(statements == 50)
    }

    /// A spoiled file, and words of the fault that must be named.
    struct Spoiled: Sendable, CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        let fault: String
        var testDescription: String { fault + ": " + new }

        init(_ file: String, _ old: String, _ new: String, _ fault: String) {
            (self.file, self.old, self.new, self.fault) = (file, old, new, fault)
        }
    }

    private static let admission = "procedures/admission.yaml"
    private static let transfer = "procedures/relation_transfer.yaml"
    private static let election = "procedures/term_election.yaml"
    private static let request = "procedures/service_request.yaml"

    @Test(arguments: [
        // What an example says is not so.
        Spoiled(
            admission, "returned: 9, for: 9}", "returned: 9, for: 8}", "is refused for majority"),
        Spoiled(
            admission, "times: {extended: rule(admission.extension_times)}",
            "times: {extended: 9}", "is lawful, not refused for times"),
        Spoiled(request, "\n      times: {climb: 3}", "", "a way back has a bound"),
        Spoiled(
            "rules/all.yaml", "name: {zh: observe years, en: observe years}\n  value: 1",
            "name: {zh: observe years, en: observe years}\n  value: 2", "refused for not_before"),
        Spoiled(
            "rules/all.yaml",
            "name: {zh: attendance strict, en: attendance strict}\n  value: strict",
            "name: {zh: attendance strict, en: attendance strict}\n  value: at_least",
            "is lawful, not refused for quorum"),
        Spoiled(
            transfer, "after: answer.received", "after: answer.gone",
            "“after” names “gone”, no outcome of “transfer_answer”"),
        Spoiled(
            admission, "valid: rule(admission.review_valid_years)", "papers: [x]",
            "owed is examine, not review"),
        Spoiled(
            election, "roll.excluded: {more_than: 0}", "roll.excluded: {more_than: 9}",
            "“exclusions” on 2026-04-22 is refused for order"),
        Spoiled(
            request, "rule(request.accept_hours)", "rule(request.accept_days)",
            "the rule “request.accept_days” is not known"),
        Spoiled(admission, "until: candidate", "papers: [y]", "it comes again for ever"),
    ]) func deliberateFaultsAreCaught(_ spoiled: Spoiled) throws {
        var draft = try ProcedureDraft()
        try draft.replace(spoiled.old, spoiled.new, in: spoiled.file)
        let faults = try draft.faults()
        #expect(faults.contains { $0.contains(spoiled.fault) }, "\(faults)")
        #expect(faults.allSatisfy { $0.contains(".yaml:") })
    }

    @Test(arguments: [
        // Words that nobody knows, wherever they stand.
        Spoiled(transfer, "  case:", "  moves: x\n  case:", "“moves” is not known here"),
        Spoiled(transfer, "    single: true", "    once: true", "“once” is not known here"),
        Spoiled(
            transfer, "      stage: issued", "      state: issued", "“state” is not known here"),
        Spoiled(
            admission, "{of: rule(admission.observe_years), from: activist}",
            "{of: rule(admission.observe_years), form: activist}", "“form” is not known here"),
        Spoiled(transfer, "moves: membership,", "shifts: membership,", "“shifts” is not known"),
        Spoiled(election, "write_in: true", "writein: true", "“writein” is not known here"),
        Spoiled(transfer, "up_to: district", "upto: district", "“upto” is not known here"),
        // What is named must be there.
        Spoiled(
            transfer, "kind: transfer_letter", "kind: transfer_note",
            "the kind “transfer_note” is not known"),
        Spoiled(
            transfer, "kind: transfer\n", "kind: transfer_letter\n",
            "a case is a standing record"),
        Spoiled(transfer, "about: member\n", "about: nothing\n", "“single” needs “about”"),
        Spoiled(
            transfer, "about: member\n", "about: someone\n",
            "has no person and no subject “someone”"),
        Spoiled(transfer, "outside: to_unit", "outside: elsewhere", "“outside” names no unit"),
        Spoiled(
            transfer, "superior(committee)", "superior(committees)",
            "“committees” is no unit and no form"),
        Spoiled(
            transfer, "by: to_unit.branch_secretary", "by: to_unit.branch_clerk",
            "the role “branch_clerk” is not known"),
        Spoiled(
            transfer, "by: to_unit.branch_secretary", "by: there.branch_secretary",
            "“there.branch_secretary” is nobody"),
        Spoiled(
            admission, "by: [persons(mentor), ", "by: [persons(master), ",
            "no step names persons as “master”"),
        Spoiled(
            transfer, "while: answer.late", "while: confirm.lapsed",
            "“confirm” never lapses"),
        Spoiled(
            transfer, "stage: received", "stage: arrived",
            "“stages” does not say what “arrived” is called"),
        Spoiled(transfer, "void: void}", "void: gone}", "“endings” does not say"),
        Spoiled(transfer, "reason: {set: true}", "cause: {set: true}", "has no field “cause”"),
        Spoiled(
            transfer, "city: rule(transfer.letter_days_city)",
            "town: rule(transfer.letter_days_city)", "“town” is no option of “distance”"),
        Spoiled(transfer, "distance: {city", "length: {city", "no step has a choice “length”"),
        Spoiled(
            election, "before: field(decide.term_ends)", "before: field(decide.term)",
            "has no field “term”"),
        Spoiled(election, "list: roll", "list: rolls", "“list” names the unknown step “rolls”"),
        Spoiled(
            election, "of: rule(election.majority_base)", "of: rule(election.majority_share)",
            "is one of entitled, present"),
        Spoiled(
            election, "quorum: {share: rule(election.attendance_share)",
            "quorum: {share: rule(election.majority_base)", "is a word, and no number"),
        Spoiled(
            transfer, "within: rule(transfer.confirm_days)",
            "within: rule(admission.sponsors)", "is no length of time"),
        Spoiled(
            transfer, "within: rule(transfer.confirm_days)", "within: 5 weeks",
            "“5 weeks” is no length"),
        Spoiled(
            admission, "generally: [leaves_soon]", "generally: [leaves]",
            "“generally” names “leaves”"),
        Spoiled(admission, "tells: about", "tells: anybody", "“tells” names nobody"),
        Spoiled(
            admission, "starts: membership", "starts: admission_talk",
            "starts and ends what stands"),
        Spoiled(
            admission, "fields: {stage: probationary}", "fields: {stage: probation}",
            "“probation” is no option of “membership.stage”"),
        Spoiled(
            transfer, "of: member, to: to_unit, from: answer", "of: member, from: answer",
            "could not be undone"),
        Spoiled(
            transfer, "{moves: membership, of: member, to: to_unit, from: answer}",
            "{of: member}", "an effect without an inverse"),
        Spoiled(request, "each: called", "each: named", "no step before it names units"),
        // Each way leads on.
        Spoiled(transfer, "      opens: true", "      after: confirm", "exactly one step opens"),
        Spoiled(
            transfer, "after: answer.received", "after: confirm.received",
            "it waits for itself"),
        Spoiled(
            request, "by: street.street_lead, times: 3}", "by: street.street_lead}",
            "may be done any number"),
        Spoiled(
            transfer, "answer.returned: returned, ", "", "the outcome “returned” leads nowhere"),
        Spoiled(transfer, "confirm: moved, ", "", "it leads nowhere"),
        Spoiled(
            election, "after: [roll, exclusions.agreed]",
            "after: [exclusions.agreed, exclusions.refused]",
            "to be agreed and refused, which is never so"),
        Spoiled(request, "      times: 2\n    rate", "    rate", "may reopen any number of times"),
        // Rules hold for as long as cases are opened.
        Spoiled(
            "rules/all.yaml", "  from: 2014-05-28", "  from: 2014-05-28\n  until: 2020-01-01",
            "has no value on 2020-01-01"),
        Spoiled(
            "rules/all.yaml", "  from: 2014-05-28", "  from: 2010-01-01\n  until: 2014-01-01",
            "holds on no day of this text"),
        // What is sealed is not told by a guard.
        Spoiled(
            "kinds/all.yaml", "membership:\n", "membership:\n  visibility: sealed\n",
            "a guard reads “membership”, which is sealed"),
    ]) func whatDoesNotHoldTogetherIsNamed(_ spoiled: Spoiled) throws {
        var draft = try ProcedureDraft()
        try draft.replace(spoiled.old, spoiled.new, in: spoiled.file)
        let faults = try draft.faults()
        #expect(faults.contains { $0.contains(spoiled.fault) }, "\(faults)")
        #expect(faults.allSatisfy { $0.contains(".yaml:") })
    }
}
