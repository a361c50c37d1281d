import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Web

/// The form of an entry: a new one, or one that takes the place of a record.
struct EntryFormPage: Page {
    static let template = "entries/form"

    let title: String
    let head: FormHead
    let summary: FaultSummary?
    let visibilityTag: String
    let visibilityLabel: String
    let visibilityText: String
    let notes: [String]
    let late: String?
    let conflict: ConflictPart?
    let reasonField: FormField?
    let fields: [FormPart]
    let personal: [FormPart]
    let hasPersonal: Bool
    let files: FilesPart
    let rhythm: FormChoice?
    let carried: [HiddenField]
    let copyHref: String?
    let kindHref: String
    let submitLabel: String
    let isDraftable: Bool
    let backHref: String

    /// The files of evidence: those that stay, and where to choose others.
    struct FilesPart: Sendable {
        let fileID: String
        let fileHelp: String
        let fileFaults: [String]
        let hasFileFaults: Bool
        let isFileFirst: Bool
        let again: String?
        let kept: [Kept]
        let hasKept: Bool

        struct Kept: Sendable {
            let id: String
            let name: String
            let isKept: Bool
        }
    }

    /// What a form is about, beside the fields of its kind.
    struct Setting {
        var title = ""
        var submit = ""
        var notes: [String] = []
        var late: String?
        var conflict: ConflictPart?
        /// What was given as the reason; nil where the form asks for none.
        var reason: String?
        var rhythm: String?
        var carried: [HiddenField] = []
        var copyHref: String?
        var kept: [(Evidence, Bool)] = []
        /// Whether files came with a form that is shown again: no browser sends them back.
        var hadFiles = false
        var back: Address = .entries
    }

    init(
        _ kind: Kind, said: [String: String], faults: [Fault], head: FormHead,
        setting: Setting, _ writer: ActingAccount, _ register: [String: RegisterEntry],
        _ words: Words
    ) {
        let language = words.language
        let writer = EntryFields(
            kind, said: said, units: writer.units(for: kind), places: writer.places(for: kind),
            register: register, faults: faults, words: words)
        title = setting.title
        self.head = head
        summary = FaultSummary(
            writer.allFaults.map { fault in
                let label = fault.field == nil ? nil : fault.label?[language]
                let sentence = fault.words[language]
                return (
                    name: fault.field,
                    sentence: label.map {
                        words["entry_fault_line", ["label": $0, "sentence": sentence]]
                    } ?? sentence
                )
            })
        visibilityTag = kind.visibility == .public ? "tag-good" : "tag-seal"
        visibilityLabel = words["visibility_\(kind.visibility.rawValue)"]
        visibilityText = words["entry_seen_\(kind.visibility.rawValue)"]
        notes = setting.notes
        late = setting.late
        conflict = setting.conflict
        let reasonName = Heading.reason.name
        reasonField = setting.reason.map {
            FormField(
                reasonName, words["entry_reason"], value: $0, isRequired: true,
                help: words[kind.sealsReasons ? "entry_reason_sealed_help" : "entry_reason_help"],
                faults: writer.faults(of: reasonName),
                isFirst: writer.isFirst(reasonName), autocomplete: "off")
        }
        fields = writer.open
        personal = writer.personal
        hasPersonal = !kind.privates.isEmpty
        let fileFaults = writer.faults(of: EvidenceFile.field)
        files = FilesPart(
            fileID: "field-" + EvidenceFile.field,
            fileHelp: words[
                "entry_files_help",
                [
                    "count": String(EvidenceFile.perRecord),
                    "size": String(EvidenceFile.sizeLimit >> 20),
                ]], fileFaults: fileFaults, hasFileFaults: !fileFaults.isEmpty,
            isFileFirst: writer.isFirst(EvidenceFile.field),
            again: setting.hadFiles ? words["entry_files_again"] : nil,
            kept: setting.kept.map {
                .init(id: $0.0.id.text, name: $0.0.fileName, isKept: $0.1)
            }, hasKept: !setting.kept.isEmpty)
        rhythm = setting.rhythm.map {
            FormChoice(
                "rhythm", words["entry_rhythm"], chosen: $0,
                options: [(value: "", label: words["rhythm_none"])]
                    + RecurringEntry.Rhythm.allCases.map {
                        (value: $0.rawValue, label: words["rhythm_\($0.rawValue)"])
                    }, help: words["entry_rhythm_help"], faults: writer.faults(of: "rhythm"),
                isFirst: writer.isFirst("rhythm"))
        }
        carried = setting.carried
        copyHref = setting.copyHref
        kindHref = Address("kinds", kind.id).text
        submitLabel = setting.submit
        isDraftable = setting.reason == nil
        backHref = setting.back.text
    }
}

/// Somebody else was first: what they wrote instead, and when.
struct ConflictPart: Sendable {
    let sentence: String
    let recordHref: String
    let lines: [SaidLine]
    let hasLines: Bool
    /// What the reader can do with their own input, which is still in the form.
    let advice: String
}
