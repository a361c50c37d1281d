import Core
import Ledger
import Storage

/// How a kind that was made on pages stands, for a terminal.
package struct OwnKindLine: Sendable {
    package let id: String
    package let name: Wording
    package let state: Wording

    /// Every one of a district, as its folder lies there now.
    package static func all(of district: District) async throws -> [OwnKindLine] {
        let (kinds, newest) = try await district.database.read { db in
            let store = OwnKindStore(db: db)
            return (try store.all(), try store.newest())
        }
        let folder = OwnKindFolder(folders: district.folders)
        return kinds.map { kept in
            let version = newest[kept.id]
            return OwnKindLine(
                id: kept.id, name: kept.own.name,
                state: state(kept, version, version.map(folder.find)))
        }
    }

    private static func state(
        _ kept: KeptKind, _ version: KindVersion?, _ found: OwnKindFolder.Found?
    ) -> Wording {
        guard let version, let found else {
            return kept.state == .waiting
                ? Wording(zh: "等待审核", en: "waits to be let go")
                : Wording(zh: "草稿", en: "draft")
        }
        let number = version.number
        return switch found.state {
        case .same: Wording(zh: "第\(number)版已审核通过", en: "version \(number) let go")
        case .changed:
            Wording(
                zh: "第\(number)版已审核通过，文件已手工修改",
                en: "version \(number) let go, its file changed by hand")
        case .missing:
            Wording(
                zh: "第\(number)版已审核通过，文件不全",
                en: "version \(number) let go, its files are not all there")
        }
    }
}
