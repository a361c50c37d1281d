import Catalogue
import Core
import Foundation

/// The district's folder of catalogue, as far as pages write into it.
struct OwnKindFolder: Sendable {
    /// The program's own folder and the district's.
    let folders: [String]

    /// How a file lies in the folder beside what was written into it.
    enum State: String, Sendable {
        case same
        /// Somebody changed it by hand.
        case changed
        case missing
    }

    /// What lies in the folder of a kind.
    struct Found: Sendable {
        let state: State
        /// The version of the kind as it is written there; nil where it cannot be read.
        let version: String?
    }

    private var own: String { folders.last ?? "" }

    private func path(_ part: CatalogueText.Part, _ id: String) -> String {
        "\(own)/\(part.rawValue)/\(OwnKindText.file(id))"
    }

    func find(_ version: KindVersion) -> Found {
        let texts = CatalogueText.Part.allCases.map { part in
            FileManager.default.contents(atPath: path(part, version.kind))
                .map { String(decoding: $0, as: UTF8.self) }
        }
        let kind = texts[0].map { CatalogueText(.kinds, OwnKindText.file(version.kind), $0) }
        let isHalf = texts[1] == nil && version.own.reckoning != .none
        let state: State =
            OwnKindText.digest(texts) == version.digest
            ? .same : kind == nil || isHalf ? .missing : .changed
        return Found(state: state, version: kind?.versions[version.kind])
    }

    /// Reads the folders as they lie there now, and lays the files over them.
    ///
    /// - Throws: `BrokenCatalogue` with every fault.
    func check(_ text: OwnKindText) throws -> Catalogue {
        try Catalogue(folders: folders).with(text.files)
    }

    /// Writes the files, each whole or not at all. A crash between them leaves the kind without its
    /// figure, which can be read.
    func write(_ text: OwnKindText) throws {
        for file in text.files {
            let target = path(file.part, text.id)
            try FileManager.default.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true)
            try writeDurably(Array(file.text.utf8), to: target)
        }
        if text.own.reckoning == .none {
            let target = path(.indicators, text.id)
            unlink(target)
            synchronizeFolder(of: target)
        }
    }
}
