import Core
import Ledger
import Organization
import Web

extension DueReading {
    /// Chooses one of the reader's units, those that stand first and the higher ones before the
    /// others; past what a list holds, one is written.
    func unitPick(_ words: Words) -> Picker {
        let units = mine.compactMap { structure.nearestVersion($0, on: day) }.map { version in
            (
                version: version, hasEnded: version.to.map { $0 <= day } ?? false,
                level: catalogue.forms[version.form]?.level ?? .max
            )
        }.sorted {
            ($0.hasEnded ? 1 : 0, $0.level, $0.version.code)
                < ($1.hasEnded ? 1 : 0, $1.level, $1.version.code)
        }
        return .unit(
            structure, on: day, chosen: asked, among: units.map(\.version),
            none: words["matrix_all_units"], words)
    }
}
