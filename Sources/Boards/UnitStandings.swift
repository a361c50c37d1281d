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
    static let limit = 200
    /// So many of one kind are seen without unfolding.
    static let shownLimit = 8

    struct Group: Sendable {
        let groupName: String
        let groupHref: String
        let groupNote: String?
        let lines: [Line]
        let folded: Folded?
    }

    /// The rest of a long list.
    struct Folded: Sendable {
        let summary: String
        let rest: [Line]
    }

    struct Line: Sendable {
        let label: String
        let detail: String
        let href: String?
    }

    /// What stands in a unit and is for everybody to read one by one.
    static func lines(
        _ version: UnitVersion, on day: Day, _ snapshot: Snapshot
    ) throws -> [StandingStore.Line] {
        let open = snapshot.catalogue.kinds.values
            .filter { ($0.showsOnUnit || $0.isUnitCard) && $0.isListed }
        return try StandingStore(db: snapshot.db, position: snapshot.reading.position).list(
            open.map(\.id).sorted(), in: [version.unit], on: day, limit: Self.limit)
    }

    init(
        _ lines: [StandingStore.Line], _ version: UnitVersion, on day: Day, _ snapshot: Snapshot
    ) throws {
        let (words, language) = (snapshot.words, snapshot.language)
        let kinds = snapshot.catalogue.kinds.values.filter(\.showsOnUnit).inOrder
        let store = StandingStore(db: snapshot.db, position: snapshot.reading.position)
        groups = try kinds.compactMap { kind in
            let found =
                kind.isListed
                ? lines.filter { $0.kind == kind.id }.map { Line($0, kind, words) }
                : try Self.counted(kind, store, version, day, language)
            guard !found.isEmpty else { return nil }
            return Group(
                groupName: kind.name[language], groupHref: Address.kind(kind.id).text,
                groupNote: kind.isListed ? nil : words["unit_names_closed"],
                lines: Array(found.prefix(Self.shownLimit)),
                folded: found.count > Self.shownLimit
                    ? Folded(
                        summary: words["unit_more_things", ["count": found.count.grouped]],
                        rest: Array(found.dropFirst(Self.shownLimit))) : nil)
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
        let said = kind.said(line.fields, words)
        let amounts = zip(kind.measures, line.measures).compactMap { measure, value in
            value.map { Amount(value: $0, unit: measure.unit).text(language, measure.counter) }
        }
        let since = words["unit_since", ["day": line.from.description]]
        self.init(
            label: said.first ?? amounts.first ?? kind.name[language],
            detail: (said.dropFirst() + (said.isEmpty ? [] : amounts) + [since])
                .joined(separator: " · "),
            href: Address.record(line.id).text)
    }
}
