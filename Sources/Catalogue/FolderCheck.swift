import Foundation

/// Names what lies in a catalogue's folder and would not be read: a misspelt name is a fault, and
/// silence would look as if it had been understood.
struct FolderCheck {
    private let folder: String
    private let isFirst: Bool
    private let faults: FaultList

    /// The folders that are read, with the files `*.yaml` in them.
    static let parts = [
        "calendars", "checklists", "dues", "indicators", "kinds", "mechanisms", "papers",
        "procedures", "reports", "rules", "services", "terms",
    ]
    /// The files that are read beside them.
    static let files = [
        "forms.yaml", "licence.yaml", "purposes.yaml", "refused.yaml", "register.yaml",
        "roles.yaml", "without.yaml",
    ]

    /// - Parameter isFirst: whether it is the program's own folder.
    init(_ folder: String, isFirst: Bool, _ faults: FaultList) {
        self.folder = folder
        self.isFirst = isFirst
        self.faults = faults
    }

    func run() {
        for name in names(folder) {
            if Self.parts.contains(name), isFolder(folder + "/" + name) {
                for file in names(folder + "/" + name) { check(file, in: name) }
            } else if name == "refused.yaml", !isFirst {
                faults.add(
                    name, 1, "this file stands in the program's own catalogue alone and is not read"
                )
            } else if !Self.files.contains(name) {
                faults.add(name, 1, unread(name))
            }
        }
    }

    private func check(_ file: String, in part: String) {
        let name = "\(part)/\(file)"
        if isFolder(folder + "/" + name) {
            faults.add(name, 1, "a folder in “\(part)” is not read: put its files into “\(part)”")
        } else if !file.hasSuffix(".yaml") {
            faults.add(name, 1, "this file is not read: its name must end in .yaml")
        }
    }

    private func unread(_ name: String) -> String {
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        if let meant = (Self.parts + Self.files).first(where: {
            $0.hasPrefix(stem) || stem.hasPrefix($0)
                || ($0.split(separator: ".").first.map { stem.hasPrefix($0) } ?? false)
        }) {
            return "this is not read: did you mean “\(meant)”?"
        }
        return "this is not read: a catalogue has the folders "
            + Self.parts.joined(separator: ", ") + " and the files "
            + Self.files.joined(separator: ", ")
    }

    /// What lies in a folder, but for hidden files and notes to its readers.
    private func names(_ path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
            .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") && !$0.hasSuffix(".txt") }
            .sorted()
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
