import Catalogue
import Core
import Figures
import Ledger
import Organization
import Web

/// What stands in a unit on a day, one list for each kind that asks to be shown there: premises,
/// brands, facilities. Of kinds that are not public, such as posts, only which: how many of them
/// there are is a number of persons.
struct UnitStandings: Sendable {
    let groups: [Group]

    /// The most things listed on the page of a unit.
    static let limit = 60

    struct Group: Sendable {
        let groupName: String
        let groupHref: String
        let groupNote: String?
        let lines: [Line]
    }

    struct Line: Sendable {
        let label: String
        let detail: String
        let href: String?
    }

    init(_ version: UnitVersion, on day: Day, _ snapshot: Snapshot) throws {
        let (words, language) = (snapshot.words, snapshot.language)
        let kinds = snapshot.catalogue.kinds.values.filter(\.showsOnUnit).inOrder
        let store = StandingStore(db: snapshot.db, position: snapshot.reading.position)
        let open = kinds.filter(\.isListed)
        let lines = try store.list(
            open.map(\.id), in: [version.unit], on: day, limit: Self.limit)
        groups = try kinds.compactMap { kind in
            let isOpen = open.contains { $0.id == kind.id }
            let found =
                isOpen
                ? lines.filter { $0.kind == kind.id }.map { Line($0, kind, words) }
                : try Self.counted(kind, store, version, day, language)
            guard !found.isEmpty else { return nil }
            return Group(
                groupName: kind.name[language], groupHref: Address.kind(kind.id).text,
                groupNote: isOpen ? nil : words["unit_names_closed"], lines: found)
        }
    }

    private static func counted(
        _ kind: Kind, _ store: StandingStore, _ version: UnitVersion, _ day: Day,
        _ language: Language
    ) throws -> [Line] {
        guard kind.visibility == .internal,
            let field = kind.fields.first(where: { $0.form == .choice })
        else { return [] }
        return try store.count(kind, by: field, in: version.unit, on: day).map { value, _ in
            let name = field.options.first { $0.id == value }?.name[language] ?? value
            return Line(label: name, detail: "", href: nil)
        }
    }
}

extension UnitStandings.Line {
    /// A public thing: its first field, what is measured of it, and since when it stands.
    init(_ line: StandingStore.Line, _ kind: Kind, _ words: Words) {
        let language = words.language
        let said = kind.fields.compactMap { field -> String? in
            guard let value = line.fields[field.id] else { return nil }
            return field.options.first { $0.id == value }?.name[language] ?? value
        }
        let amounts = zip(kind.measures, line.measures).compactMap { measure, value in
            value.map { Amount(value: $0, unit: measure.unit).text(language, measure.counter) }
        }
        let since = words["unit_since", ["day": line.from.description]]
        self.init(
            label: said.first ?? amounts.first ?? kind.name[language],
            detail: ((said.isEmpty ? [] : amounts) + [since]).joined(separator: " · "),
            href: Address.record(line.id).text)
    }
}
