import Catalogue
import Core
import Ledger
import Web

/// A picture of a record with the rule that who releases it confirms, or, once it is released, the
/// way to take it back.
struct ReleasePage: Page {
    static let template = "entries/release"

    let title: String
    let lead: String
    let source: String
    let alt: String
    /// Nil once the picture is released.
    let sheet: FormSheet?
    /// Nil until then.
    let withdrawal: Withdrawal?
    let backHref: String

    struct Withdrawal: Sendable {
        let head: FormHead
    }

    init(
        _ record: Record, _ file: Evidence, release: FormHead?, back: FormHead?,
        _ state: FormState, _ catalogue: Catalogue, _ words: Words
    ) {
        title = words["release_title"]
        let kind = catalogue.kinds[record.kind]?.name[words.language] ?? record.kind
        lead =
            words[
                "release_lead",
                ["kind": kind, "day": record.happenedOn.description, "file": file.fileName]]
        source = Address("records", record.id.text, "evidence", file.id.text).text
        alt = file.fileName
        sheet = release.map {
            FormSheet(
                $0, state,
                [
                    state.choice(
                        ReleasePicture.agreed, words["release_agreed"],
                        // Nothing is agreed to by sending the form as it was found.
                        options: [
                            ("", words["release_agreed_not"]), ("yes", words["release_agreed_yes"]),
                        ], isRequired: true,
                        help: words["release_rule"])
                ], submit: words["picture_release_go"])
        }
        withdrawal = back.map { Withdrawal(head: $0) }
        backHref = Address.record(record.id).text
    }

    var summary: FaultSummary? { sheet?.summary }
}
