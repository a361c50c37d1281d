import Catalogue
import Core
import Foundation
import Synchronization

/// Four procedures with the kinds, rules and roles they name, that a test reads, spoils or adds to:
/// a folder of texts by file name, with the holidays of the project's own calendars.
struct ProcedureDraft {
    private static let folder =
        String(
            #filePath.components(separatedBy: "/ProcedureDraft.swift")[0]) + "/Files"

    var files: [String: String]

    init() throws {
        var files: [String: String] = [:]
        for (folder, parts) in [
            (Self.folder, ["", "kinds", "rules", "procedures"]), (ownCatalogue, ["calendars"]),
        ] {
            for part in parts {
                let path = part.isEmpty ? folder : folder + "/" + part
                for name in try FileManager.default.contentsOfDirectory(atPath: path)
                where name.hasSuffix(".yaml") {
                    files[part.isEmpty ? name : part + "/" + name] = try String(
                        contentsOfFile: path + "/" + name, encoding: .utf8)
                }
            }
        }
        self.files = files
    }

    /// Writes another text in place of one that must be there.
    mutating func replace(_ old: String, _ new: String, in file: String) throws {
        guard let text = files[file], text.contains(old) else { throw Missing(text: old) }
        files[file] = text.replacing(old, with: new, maxReplacements: 1)
    }

    struct Missing: Error { let text: String }

    func load(behind folders: [String] = []) throws -> Catalogue {
        try withFolder { try Catalogue(folders: folders + [$0]) }
    }

    func withFolder<T>(_ body: (String) throws -> T) throws -> T {
        var draft = DraftCatalogue()
        draft.files = files
        return try draft.withFolder(body)
    }

    /// The same with a district's own folder over it.
    func load(under own: [String: String]) throws -> Catalogue {
        var district = DraftCatalogue()
        district.files = own
        return try withFolder { folder in
            try district.withFolder { try Catalogue(folders: [folder, $0]) }
        }
    }

    func faults(under own: [String: String]? = nil) throws -> [String] {
        do {
            _ = try own.map { try load(under: $0) } ?? load()
            return []
        } catch let broken as BrokenCatalogue {
            return broken.faults.map(\.description)
        }
    }

    /// The catalogue as it is written, read once.
    static let written = try? ProcedureDraft().load()
}

/// A day with its minute, as the examples write it.
func time(_ text: String) throws -> CaseTime {
    guard let time = CaseTime(text) else { throw ProcedureDraft.Missing(text: text) }
    return time
}
