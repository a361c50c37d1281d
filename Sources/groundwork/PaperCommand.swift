import App
import ArgumentParser
import Cases
import Core
import Figures
import Foundation
import Ledger
import Papers
import Reports
import Web

/// groundwork paper: the forms of procedures.
struct PaperCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paper", abstract: "Make the forms of a case.",
        subcommands: [PaperMakeCommand.self])
}

/// The forms in which a paper is written to a file.
enum WrittenForm: String, ExpressibleByArgument, CaseIterable {
    case docx, pdf, html

    /// The bytes of a paper in this form.
    func bytes(of paper: Paper) async throws -> [UInt8] {
        switch self {
        case .docx: try WordFile(paper).bytes
        case .pdf: try await PaperPrinter.pdf(of: paper)
        case .html: Array(PaperSheet(paper).html.utf8)
        }
    }
}

/// A file that was written, as scripts read of it.
private struct WrittenFile: Encodable {
    let file: String
    let bytes: Int
    let digest: String
    let missing: [String]

    init(_ bytes: [UInt8], to path: String, missing: [String] = []) throws {
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw Refusal.invalid(
                path, zh: "文件无法写入：\(path)。", en: "The file cannot be written: \(path).")
        }
        file = path
        self.bytes = bytes.count
        digest = hexadecimalDigest(bytes)
        self.missing = missing
    }

    var text: String {
        "\(file)\t\(bytes)\t\(digest)"
            + (missing.isEmpty ? "" : "\t" + missing.joined(separator: ", "))
    }
}

struct PaperMakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make",
        abstract: "Write the forms of a case, made of its newest records, into a folder.",
        discussion: """
            Each line names a file, its size, its digest, and what the case does not know yet: \
            room is left for it. The exit status is 1 where a step has no record yet.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The case's number or id.")
    var id: String

    @Option(name: .customLong("as"), help: "docx, pdf or html.")
    var form: WrittenForm = .docx

    @Option(help: "The folder to write into.", completion: .directory)
    var out = "."

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let reports = try await options.openReports()
        let district = reports.figures.district
        defer { district.database.close() }
        let forms = try CaseForm.load(
            folders: [try Home.find().catalogue, options.folder.catalogue], district.catalogue)
        let (number, papers) = try await district.database.read { [id] db in
            let reading = try district.reading(of: id, db)
            let maker = try CasePaperMaker(reading, district.catalogue, Terminal.language, db)
            return (reading.row.number, maker.papers(forms))
        }
        var written: [WrittenFile] = []
        for made in papers {
            guard let paper = made.paper else { continue }
            let name = "\(number)-\(made.form.id)-\(made.step).\(form.rawValue)"
            written.append(
                try WrittenFile(
                    try await form.bytes(of: paper),
                    to: out + "/" + name.replacing("/", with: "-"), missing: made.missing))
        }
        if json { try printJSON(written) } else { for file in written { print(file.text) } }
        let waiting = papers.filter { $0.paper == nil }.map { $0.form.name[Terminal.language] }
        guard !waiting.isEmpty else { return }
        Terminal.say(
            zh: "尚未到这一步：\(waiting.joined(separator: "、"))。",
            en: "Not yet at this step: \(waiting.joined(separator: ", ")).")
        throw ExitCode(1)
    }
}

struct ReportExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write an issued report into a file, set as an official paper without a number.",
        discussion: """
            Its numbers are those that were pinned when it was issued; what is not told in public \
            is not told here.
            """)

    @OptionGroup var options: DataOptions

    @Argument(help: "The report's id.")
    var id: String

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @Option(name: .customLong("as"), help: "docx, pdf or html; told from the file's name.")
    var form: WrittenForm?

    @Option(help: "The address of the site, for the way to the trace: https://example.cn.")
    var site: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let named = URL(fileURLWithPath: file).pathExtension.lowercased()
        guard let form = form ?? WrittenForm(rawValue: named) else {
            throw Refusal.invalid(
                "--as", zh: "请写明 --as docx、pdf 或 html。",
                en: "Say which form is meant: --as docx, pdf or html.")
        }
        let reports = try await options.openReports()
        let district = reports.figures.district
        defer { district.database.close() }
        let terms = try Terms(folders: [try Home.find().catalogue, options.folder.catalogue])
        let (words, id, site) = (terms.words(Terminal.language), id, site)
        let paper = try await district.database.read { db in
            let reading = try reports.figures.reading(db)
            let report = try reports.find(id, reading, db)
            return ReportPaper(report, words.language, small: words.small)
                .paper(reading, source: site.map { $0 + "/reports/" + id })
        }
        let written = try WrittenFile(try await form.bytes(of: paper), to: file)
        if json { try printJSON(written) } else { print(written.text) }
    }
}
