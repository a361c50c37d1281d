import Catalogue
import Core
import Hummingbird
import Web

/// GET /kinds/:kind. For everybody: what a record of this kind says, and which figures read it.
struct ShowKind: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.word("kind")
        guard let kind = board.figures.district.catalogue.kinds[id] else {
            throw Refusal.notFound
        }
        let access =
            kind.isListed || context.reader.account == nil ? nil : context.reader.access
        return try await board.show(context, for: access) { snapshot in
            let isListed =
                snapshot.district.listScope(kind, of: access, snapshot.structure) != nil
            return BoardSheet(
                page: KindPage(kind, snapshot, isListed: isListed),
                trail: [Link(snapshot.words["nav_kinds"], .kinds)])
        }
    }
}

/// One kind of record, as the catalogue defines it.
struct KindPage: Page {
    static let template = "boards/kind"

    let title: String
    let visibility: String
    let visibilityTag: String
    let explanation: String
    /// The way to its records, for who may list them.
    let recordsLink: Link?
    let facts: Listed<FactLine>?
    let rows: Listed<Row>?
    let personal: Listed<Personal>?
    let figures: Listed<Link>?
    let mechanisms: Listed<Link>?

    /// One value that a record carries.
    struct Row: Sendable {
        let label: String
        let form: String
        let required: String
        let says: String
    }

    /// One value about a person, with its entry in the register.
    struct Personal: Sendable {
        let label: String
        let what: String
        let purpose: String
        let href: String
    }

    init(_ kind: Kind, _ snapshot: Snapshot, isListed: Bool) {
        let (words, language) = (snapshot.words, snapshot.language)
        let catalogue = snapshot.catalogue
        title = kind.name[language]
        visibility = words["visibility_\(kind.visibility.rawValue)"]
        visibilityTag = kind.visibility == .public ? "tag-good" : "tag-seal"
        explanation = words["visibility_\(kind.visibility.rawValue)_text"]
        recordsLink = isListed ? Link(words["records_link"], .records(of: kind.id)) : nil
        facts = Listed(KindPage.facts(kind, snapshot))
        rows = Listed(KindPage.rows(kind, words))
        personal = Listed(
            (kind.persons.map { ($0.label, $0.register) }
                + kind.privates.map { ($0.label, $0.register) }).map { label, entry in
                    Personal(
                        label: label[language],
                        what: catalogue.register[entry]?.what[language] ?? "–",
                        purpose: catalogue.register[entry]?.purpose[language] ?? "–",
                        href: Address.register.text + "#" + entry)
                })
        figures = Listed(
            snapshot.publicIndicators
                .filter { catalogue.kinds(behind: $0).contains { $0.id == kind.id } }
                .map { Link($0.name[language], snapshot.figure($0)) })
        mechanisms = Listed(snapshot.mechanisms(kind.serves))
    }

    private static func facts(_ kind: Kind, _ snapshot: Snapshot) -> [FactLine] {
        let (words, language) = (snapshot.words, snapshot.language)
        func names(_ forms: [String]) -> String {
            forms.isEmpty
                ? words["kind_any_form"]
                : forms.map { snapshot.catalogue.forms[$0]?.name[language] ?? $0 }
                    .joined(separator: words.comma)
        }
        var facts = [
            FactLine(words["kind_shape"], words["shape_\(kind.shape.rawValue)_text"]),
            FactLine(words["kind_forms"], names(kind.forms)),
        ]
        if kind.minute != .none {
            facts.append(
                FactLine(Kind.minuteLabel[language], words["kind_minute_\(kind.minute)"]))
        }
        if let place = kind.place {
            facts.append(
                FactLine(
                    place.label[language],
                    names(place.forms) + (place.required ? "" : words["kind_optional_suffix"])))
        }
        return facts
    }

    private static func rows(_ kind: Kind, _ words: Words) -> [Row] {
        let language = words.language
        func need(_ required: Bool) -> String {
            words[required ? "kind_required" : "kind_optional"]
        }
        let measures = kind.measures.map {
            Row(
                label: $0.label[language], form: words["form_measure"], required: need($0.required),
                says: ($0.counter ?? $0.unit.written.name)[language])
        }
        let fields = kind.fields.map { field in
            Row(
                label: field.label[language], form: words["form_\(field.form.rawValue)"],
                required: need(field.required),
                says: field.options.map { $0.name[language] }.joined(separator: words.comma))
        }
        let subjects = kind.subjects.map {
            Row(
                label: $0.label[language], form: words["form_subject"], required: need($0.required),
                says: words["form_subject_text"])
        }
        return measures + fields + subjects
    }
}
