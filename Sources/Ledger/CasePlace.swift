import Catalogue
import Core
import Storage

/// Where a record stands in a case, and how its step was judged when it was posted.
///
/// The case is the id of its standing record, which stands in it at place 0. A step has the name
/// that its procedure gives it; the end of a case, a reversal and what is no step have none.
package struct CasePlace: Sendable, Hashable {
    package let caseID: Record.ID
    package let seq: Int
    package let step: String?
    package let judged: CaseJudgment?

    package init(
        _ caseID: Record.ID, seq: Int, step: String? = nil, judged: CaseJudgment? = nil
    ) {
        self.caseID = caseID
        self.seq = seq
        self.step = step
        self.judged = judged
    }

    init?(_ row: Row) throws {
        guard let caseID = try row.optional("case_id", as: Record.ID.self) else { return nil }
        self.caseID = caseID
        seq = try row.get("seq")
        step = try row.optional("step")
        judged = try row.optional("held", as: Int.self).map { held in
            CaseJudgment(
                due: try row.optional("due"), late: try row.optional("late") ?? 0,
                paused: try row.optional("paused") ?? 0, held: held)
        }
    }

    static let columns = ["case_id", "seq", "step", "due", "late", "paused", "held"]

    /// As its columns hold it.
    var values: [Value] {
        [
            caseID.storageValue, seq.storageValue, step.storageValue,
            (judged?.due).storageValue, (judged?.late).storageValue,
            (judged?.paused).storageValue, (judged?.held).storageValue,
        ]
    }

    /// As the content of an entry says it: no subject, and nothing else there, begins so.
    static func said(_ values: some Sequence<Value>) -> String {
        "#"
            + values.map { value in
                switch value {
                case .text(let text): text
                case .integer(let number): String(number)
                default: ""
                }
            }.joined(separator: "|")
    }

    /// The page of a case.
    package static func path(_ id: Record.ID) -> String { "/cases/\(id)" }
}

extension Catalogue {
    /// Whether entries of a kind stand in cases alone: steps, cases, and what is done with them.
    package func isOfCases(_ kind: String) -> Bool {
        kindsOfCases.contains(kind)
    }
}

extension District {
    /// What belongs to a case is written, corrected, reversed and ended in the case alone.
    package func requireNoCase(_ kind: String) throws(Refusal) {
        guard catalogue.isOfCases(kind) else { return }
        let name = catalogue.kinds[kind]?.name ?? Wording(zh: kind, en: kind)
        throw Refusal.conflict(
            zh: "“\(name.zh)”只在办件中办理，请打开相应的办件。",
            en: "“\(name.en)” is written in a case alone: open the case it belongs to.")
    }

    func requireNoCase(_ record: Record) throws(Refusal) {
        guard let place = record.inCase else { return }
        throw Refusal.conflict(
            zh: "这条记录属于一件办件，请在办件中撤回或改办：\(CasePlace.path(place.caseID))",
            en: """
                This record belongs to a case: take it back or go on there: \
                \(CasePlace.path(place.caseID))
                """)
    }
}
