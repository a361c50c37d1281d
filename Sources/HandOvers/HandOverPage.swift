import Core
import Web

/// One list: before it is given, as it waits, or as it was answered.
struct HandOverPage: Page {
    static let template = "hand_overs/hand_over"

    let title: String
    let facts: String?
    let note: String?
    let search: Search?
    let sheet: FormSheet?
    let sign: Sign?
    let sendBack: FormSheet?
    let remarks: String?
    let parts: Listed<Part>?
    let nothing: String?

    /// The search for a successor.
    struct Search: Sendable {
        let value: String
        let nobody: String?
    }

    struct Sign: Sendable {
        let head: FormHead
    }

    struct Part: Sendable {
        let heading: String
        let count: String
        let lines: Listed<HandOverList.Line>?
        let rest: Rest?

        init(_ part: HandOverList.Part, _ words: Words) {
            heading = part.heading
            count = part.count.grouped
            lines = Listed(part.lines)
            let more = part.count - part.lines.count
            rest = part.rest.flatMap {
                more > 0
                    ? Rest(
                        label: words["hand_over_rest", ["count": more.grouped]], href: $0.href)
                    : nil
            }
        }
    }

    struct Rest: Sendable {
        let label: String
        let href: String
    }

    /// What would be handed over, and the way to give it.
    init(
        making list: [HandOverList.Part], named name: String, sheet: FormSheet?, isNobody: Bool,
        _ words: Words
    ) {
        title = words["hand_over_new_title"]
        facts = words["hand_over_new_lead"]
        search = Search(
            value: name,
            nobody: isNobody ? words["hand_over_nobody"] : nil)
        self.sheet = sheet
        (note, sign, sendBack, remarks) = (nil, nil, nil, nil)
        parts = Listed(list.map { Part($0, words) })
        nothing = list.isEmpty ? words["hand_over_nothing"] : nil
    }

    /// - Parameter answers: the form of whoever is to answer; nil for anyone else.
    init(
        _ handOver: HandOver, _ list: HandOverList, note: String?, _ names: [String: String],
        answers: FormState?, _ context: AppContext, _ words: Words
    ) {
        title =
            words[
                "hand_over_title",
                [
                    "giver": names[handOver.giver.text] ?? "",
                    "taker": names[handOver.taker.text] ?? "",
                ]]
        facts =
            words[
                "hand_over_facts_\(handOver.state.rawValue)",
                ["made": handOver.madeAt.text, "answered": handOver.answeredAt?.text ?? ""]]
        self.note = note.map { words["hand_over_note_was", ["note": $0]] }
        (search, sheet) = (nil, nil)
        sign = answers.map { _ in
            Sign(head: context.formHead(.handOver(handOver.id, "signature")))
        }
        sendBack = answers.map { state in
            FormSheet(
                context.formHead(.handOver(handOver.id, "return"), keeping: state.form), state,
                [state.lines("note", words["hand_over_note"], isRequired: true)],
                submit: words["hand_over_send_back"])
        }
        remarks = list.remarks.isEmpty ? nil : list.remarks
        let shown = list[words.language]
        parts = Listed(shown.map { Part($0, words) })
        nothing = shown.isEmpty ? words["hand_over_nothing"] : nil
    }

    var summary: FaultSummary? { sheet?.summary ?? sendBack?.summary }
}
