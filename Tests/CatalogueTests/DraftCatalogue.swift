import Catalogue
import Foundation

/// The project's own catalogue.
let ownCatalogue =
    String(#filePath.components(separatedBy: "/Tests/CatalogueTests/")[0])
    + "/Catalogue"

/// The catalogue of the demonstration's district, which lies behind it.
let exampleCatalogue = ownCatalogue + "/../Examples/zhongyuan/catalogue"

/// A small catalogue that a test spoils or adds to: one folder of texts by file name.
struct DraftCatalogue {
    var files = [
        "forms.yaml": """
        district: {name: {zh: 区, en: District}, axis: territory, level: 1}
        street: {name: {zh: 街道, en: Street}, axis: territory, level: 2}
        """,
        "register.yaml": """
        speaker:
          what: {zh: 姓名, en: Name}
          purpose: {zh: 核对, en: To check}
          basis: {zh: 规定, en: A rule}
          retention_days: 30
          readers: {zh: 本人, en: The person}
        """,
        "kinds/talks.yaml": Self.kinds,
        "rules/rules.yaml": Self.rule("talk.minutes", value: 30, from: "2015-01-01"),
        "indicators/talks.yaml": Self.indicator(),
    ]

    static let kinds = """
        talk:
          name: {zh: 讲座, en: Talk}
          shape: event
          visibility: public
          at: [street]
          measures:
            minutes: {label: {zh: 时长, en: Duration}, unit: minute, required: true}
          fields:
            theme: {type: text, label: {zh: 主题, en: Theme}, required: true}
            color:
              type: choice
              label: {zh: 颜色, en: Color}
              options: {red: {zh: 红, en: Red}, blue: {zh: 蓝, en: Blue}}
            rank:
              type: choice
              ordered: true
              label: {zh: 级别, en: Rank}
              options: {low: {zh: 低, en: Low}, high: {zh: 高, en: High}}
          persons:
            speaker: {label: {zh: 主讲, en: Speaker}, required: true, register: speaker}
        club:
          name: {zh: 社团, en: Club}
          shape: standing
          at: [street]
          subjects:
            club: {label: {zh: 社团编号, en: Club code}, required: true}
          persons:
            head: {label: {zh: 负责人, en: Head}, required: true, register: speaker}
        """

    /// An indicator of talks, with further lines of its own.
    static func indicator(
        id: String = "talk.count", from: String = "talk", value: String = "count",
        _ lines: String...
    ) -> String {
        ([
            "\(id):", "  name: {zh: 讲座, en: Talks}", "  area: education", "  from: \(from)",
            "  value: \(value)", "  unit: 场次",
        ] + lines.map { "  " + $0 }).joined(separator: "\n")
    }

    static func rule(_ id: String, value: Int, from: String, until: String? = nil) -> String {
        """
        \(id):
          name: {zh: 时长, en: Duration}
          value: \(value)
          unit: minute
          from: \(from)
          source: {zh: 规定, en: A rule}
        """ + (until.map { "\n  until: \($0)" } ?? "")
    }

    /// Writes the files into a folder of their own and removes it afterwards.
    func withFolder<T>(_ body: (String) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "groundwork_\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return try body(folder.path)
    }

    func load(behind folders: [String] = []) throws -> Catalogue {
        try withFolder { try Catalogue(folders: folders + [$0]) }
    }

    /// What is wrong with it; nothing when it loads.
    func faults() throws -> [String] {
        do {
            _ = try load()
            return []
        } catch let broken as BrokenCatalogue {
            return broken.faults.map(\.description)
        }
    }
}
