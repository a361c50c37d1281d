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
    let personal: Listed<FormPart>?
    let files: FilesPart
    let rhythm: FormField?
    let carried: [HiddenField]
    let copyHref: String?
    let kindHref: String
    let submitLabel: String
    let isDraftable: Bool
    /// Whether the form names persons who may be looked for.
    let isFinding: Bool
    /// Whether a person who is missing may be asked for from here.
    let isProposing: Bool
    let backHref: String

    /// The files of evidence: those that stay, and where to choose others.
    struct FilesPart: Sendable {
        let fileID: String
        let fileHelp: String
        let fileFaults: Listed<String>?
        let isFileFirst: Bool
        let again: String?
        let kept: Listed<Kept>?

        struct Kept: Sendable {
            let id: String
            let name: String
            let isKept: Bool
        }

        init(_ writer: EntryFields, _ setting: Setting, _ words: Words) {
            fileID = "field-" + EvidenceFile.field
            fileHelp =
                words[
                    "entry_files_help",
                    [
                        "count": String(EvidenceFile.perRecord),
                        "size": String(EvidenceFile.sizeLimit >> 20),
                    ]]
            fileFaults = Listed(writer.faults(of: EvidenceFile.field))
            isFileFirst = writer.isFirst(EvidenceFile.field)
            again = setting.hadFiles ? words["entry_files_again"] : nil
            kept = Listed(
                setting.kept.map { Kept(id: $0.id.text, name: $0.fileName, isKept: $1) })
        }
    }

    /// What a form is about, beside the fields of its kind.
    struct Setting {
        var head: FormHead
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
        /// Persons who are proposed while one writes.
        var persons: [EntryFields.Proposal] = []

        init(_ head: FormHead) { self.head = head }
    }

    init(
        _ kind: Kind, said: [String: String], faults: [Fault], _ setting: Setting,
        _ writer: ActingAccount, _ register: [String: RegisterEntry], _ words: Words
    ) {
        var writer = EntryFields(
            kind, said: said, units: writer.units(for: kind), places: writer.places(for: kind),
            register: register, faults: faults, words: words)
        writer.persons = setting.persons
        title = setting.title
        head = setting.head
        summary = Self.summary(writer.allFaults, words)
        visibilityTag = kind.visibility == .public ? "tag-good" : "tag-seal"
        visibilityLabel = words["visibility_\(kind.visibility.rawValue)"]
        visibilityText = words["entry_seen_\(kind.visibility.rawValue)"]
        notes = setting.notes
        late = setting.late
        conflict = setting.conflict
        let reasonName = Heading.reason.name
        reasonField = setting.reason.map {
            FormField(
                reasonName, words["entry_reason"], .line(autocomplete: "off"), value: $0,
                isRequired: true,
                help: words[kind.sealsReasons ? "entry_reason_sealed_help" : "entry_reason_help"],
                faults: writer.faults(of: reasonName), isFirst: writer.isFirst(reasonName))
        }
        fields = writer.open
        personal = Listed(writer.personal)
        files = FilesPart(writer, setting, words)
        rhythm = setting.rhythm.map { Self.rhythm($0, writer, words) }
        carried = setting.carried
        copyHref = setting.copyHref
        kindHref = Address("kinds", kind.id).text
        submitLabel = setting.submit
        isDraftable = setting.reason == nil
        isFinding = isDraftable && !kind.persons.isEmpty
        isProposing = isFinding && kind.isProposing
        backHref = setting.back.text
    }

    private static func summary(_ faults: [Fault], _ words: Words) -> FaultSummary? {
        FaultSummary(
            faults.map { fault in
                let label = fault.field == nil ? nil : fault.label?[words.language]
                let sentence = fault.words[words.language]
                return (
                    name: fault.field,
                    sentence: label.map {
                        words["entry_fault_line", ["label": $0, "sentence": sentence]]
                    } ?? sentence
                )
            })
    }

    private static func rhythm(
        _ chosen: String, _ writer: EntryFields, _ words: Words
    ) -> FormField {
        let options = RecurringEntry.Rhythm.allCases.map {
            (value: $0.rawValue, label: words["rhythm_\($0.rawValue)"])
        }
        return FormField(
            "rhythm", words["entry_rhythm"],
            .choice([(value: "", label: words["rhythm_none"])] + options), value: chosen,
            help: words["entry_rhythm_help"], faults: writer.faults(of: "rhythm"),
            isFirst: writer.isFirst("rhythm"))
    }
}

/// Somebody else was first: what they wrote instead, and when.
struct ConflictPart: Sendable {
    let sentence: String
    let recordHref: String
    let lines: Listed<FactLine>?
    /// What the reader can do with their own input, which is still in the form.
    let advice: String
}
