import Core
import Hummingbird
import Storage

/// One picture of a page that somebody takes away, or the numbers in it.
package struct AskedPicture: Sendable {
    package enum Form: String, CaseIterable, Sendable {
        case svg, png, csv, xlsx

        var isDrawn: Bool { self == .svg || self == .png }
    }

    /// What a page's address carries to name one of its pictures.
    package static let name = "picture"

    let form: Form
    /// Which of the page's pictures; the first unless given.
    let picture: String?

    /// What an address asks for; nil for the page itself, and for its table.
    package init?(_ address: Address) {
        guard let form = address[TableFile.name].flatMap({ Form(rawValue: $0.lowercased()) })
        else { return nil }
        let name = address[Self.name]
        guard name != nil || form.isDrawn else { return nil }
        self.form = form
        picture = name
    }

    /// - Throws: `Refusal.invalid` where the page has no such picture.
    package func frame(of page: some Page) throws(Refusal) -> ChartFrame {
        let frames = (page as? any Pictured)?.frames ?? []
        guard let found = picture.map({ name in frames.first { $0.name == name } }) ?? frames.first
        else {
            throw .invalid(
                Self.name, zh: "这个页面没有这张图。", en: "There is no such picture on this page.")
        }
        return found
    }
}

extension Site {
    /// Answers with a picture as a file.
    ///
    /// - Parameter name: what the file is called in letters that every browser knows.
    package func download(
        _ frame: ChartFrame, _ asked: AskedPicture, stamp: Stamp, plainly name: String,
        _ words: Words
    ) async throws -> Response {
        if let form = TableFile.Form(rawValue: asked.form.rawValue) {
            guard let data = frame.data else {
                throw Refusal.invalid(
                    TableFile.name, zh: "这张图可以下载为 svg 或 png。",
                    en: "This picture can be taken away as svg or png.")
            }
            return try download(data, as: form, named: frame.finding, plainly: name)
        }
        let svg = Work.count {
            PictureFile(
                frame: frame,
                source: words[
                    "chart_source_file",
                    ["time": stamp.at.text, "position": stamp.position.grouped]],
                sheet: assets.charts
            ).svg()
        }
        let isDrawing = asked.form == .svg
        let bytes = isDrawing ? Array(svg.utf8) : try await PaintedPicture(of: svg).bytes
        return download(
            bytes, as: isDrawing ? "image/svg+xml" : "image/png",
            named: "\(frame.finding).\(asked.form.rawValue)",
            plainly: "\(name).\(asked.form.rawValue)")
    }
}
