import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Web

/// The form of a step: the fields of the kind it posts, without what the case itself says.
struct StepForm: Sendable {
    let formTitle: String
    let formNote: String?
    let head: FormHead
    let summary: FaultSummary?
    let hidden: [HiddenField]
    let outcome: Outcome?
    let parts: [FormPart]
    let personal: Listed<FormPart>?
    /// Why a guard that 一般 softens may be passed over this time.
    let reasons: Listed<FormPart>?
    let submit: String

    /// The ways a step can end, of which one is chosen.
    struct Outcome: Sendable {
        let outcomeField: String
        let outcomeLabel: String
        let hasFaults: Bool
        let outcomeFaults: [String]
        let options: [Option]

        struct Option: Sendable {
            let value: String
            let label: String
            let isChosen: Bool
        }
    }

    /// What a form is about, beside the fields of its kind.
    struct Setting {
        let head: FormHead
        var title: String
        var note: String?
        var submit: String
        var hidden: [HiddenField] = []
        /// What the case itself says: the form does not ask for it.
        var known: Set<Heading> = []
        /// The kind of the case, where the form opens one: its own record is asked for first.
        var opens: Kind?
        /// Where it may be opened.
        var units: [UnitVersion] = []
    }

    /// The name of the field that says how many records of the case a form showed.
    static let shownField = "shown"

    /// What the fields begin with in which a softened guard asks for its reason.
    static let reasonPrefix = CaseField.reason("")

    init(
        _ kind: Kind, _ state: FormState, said: [String: String], _ setting: Setting,
        places: [UnitVersion], register: [String: RegisterEntry], _ words: Words
    ) {
        let chosen = Heading.field(Kind.outcomeName)
        func fields(of kind: Kind) -> EntryFields {
            EntryFields(
                kind, said: said, units: setting.units, places: places, register: register,
                faults: state.faults, words: words)
        }
        let own = fields(of: kind)
        let standing = setting.opens.map(fields)
        let asked = Set(setting.opens?.inputHeadings ?? []).subtracting(setting.known)
        formTitle = setting.title
        formNote = setting.note
        head = setting.head
        hidden = setting.hidden
        let reasonNames = Self.reasonNames(state)
        let names = ((setting.opens?.inputHeadings ?? []) + kind.inputHeadings)
            .filter { !setting.known.contains($0) }.map(\.name)
        summary = state.summary(over: names + reasonNames)
        outcome = Outcome(kind, said, own, words)
        parts =
            (standing?.open(without: setting.known) ?? [])
            + own.open(without: setting.known.union([chosen]).union(asked))
        personal = Listed((standing?.personal ?? []) + own.personal)
        reasons = Listed(
            reasonNames.map { name in
                state.lines(
                    name, words["case_because"], rows: 2, isRequired: true,
                    help: words["case_generally_help"])
            })
        submit = setting.submit
    }

    /// The fields in which a reason was asked for or given.
    private static func reasonNames(_ state: FormState) -> [String] {
        var met: Set<String> = []
        return (state.faults.map(\.fieldName) + (state.form?.pairs.map(\.name) ?? [])).filter {
            $0.hasPrefix(reasonPrefix) && met.insert($0).inserted
        }
    }
}

extension StepForm.Outcome {
    /// Nil for a step that ends in one way only.
    fileprivate init?(
        _ kind: Kind, _ said: [String: String], _ fields: EntryFields, _ words: Words
    ) {
        guard let field = kind.field(Kind.outcomeName), !field.options.isEmpty else {
            return nil
        }
        let name = Heading.field(field.id).name
        outcomeField = name
        outcomeLabel = field.label[words.language]
        outcomeFaults = fields.faults(of: name)
        hasFaults = !outcomeFaults.isEmpty
        options = field.options.map {
            Option(
                value: $0.id, label: $0.name[words.language], isChosen: said[name] == $0.id)
        }
    }
}
