import Catalogue
import Ledger
import Organization
import Web

/// What the page of a unit begins with: where it is and when it is open, as the newest record of a
/// kind says that asks to be shown so; where there is none, what would stand here and who adds it.
struct UnitCard: Sendable {
    let cardTitle: String
    let cardHref: String?
    let says: Listed<Said>?
    let empty: String?

    struct Said: Sendable {
        let label: String
        let text: String
    }

    /// So many roles are named that may add what is missing.
    private static let roleLimit = 2

    static func all(
        _ lines: [StandingStore.Line], _ version: UnitVersion, _ snapshot: Snapshot
    ) -> [UnitCard] {
        snapshot.catalogue.kinds.values.inOrder.filter {
            $0.isUnitCard && ($0.forms.isEmpty || $0.forms.contains(version.form))
        }.map { kind in
            UnitCard(
                kind, lines.filter { $0.kind == kind.id }.max { $0.from < $1.from }, version,
                snapshot)
        }
    }

    private init(
        _ kind: Kind, _ line: StandingStore.Line?, _ version: UnitVersion, _ snapshot: Snapshot
    ) {
        let (words, language) = (snapshot.words, snapshot.language)
        cardTitle = kind.name[language]
        cardHref = line.map { Address.record($0.id).text }
        says = Listed(
            line.map { line in
                kind.fields.compactMap { field in
                    line.fields[field.id].map {
                        Said(label: field.label[language], text: $0)
                    }
                }
            } ?? [])
        let roles = snapshot.catalogue.roles.values.sorted {
            ($0.file, $0.line) < ($1.file, $1.line)
        }
        .filter { $0.rights.contains(.write) && $0.forms.contains(version.form) }
        .map { $0.name[language] }.prefix(Self.roleLimit)
        empty =
            line == nil
            ? words[
                roles.isEmpty ? "unit_card_empty" : "unit_card_empty_who",
                [
                    "fields": kind.fields.map { $0.label[language] }.joined(separator: words.comma),
                    "roles": roles.joined(separator: words.comma),
                ]] : nil
    }
}
