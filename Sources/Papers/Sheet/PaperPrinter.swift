import Core
import Foundation
import Web

/// A program that makes one thing of another in a child of its own, and what is wrong with what it
/// made or with its absence.
package enum PaperPrinter {
    /// WeasyPrint takes some 60 MB for itself and maps the fonts, which are large.
    private static let python = LimitedProgram(
        "/usr/bin/python3", package: "python3", memoryBytes: 3 << 30, fileBytes: 64 << 20,
        seconds: 60, most: 4)
    private static let weasyprint = LimitedProgram(
        "/usr/bin/weasyprint", package: "weasyprint", memoryBytes: 0, fileBytes: 0, seconds: 0,
        most: 0)

    /// What a PDF is to whoever takes it along.
    package static let type = "application/pdf"

    /// A paper as a PDF.
    ///
    /// - Throws: `Refusal.conflict` where a program is missing, busy, or does not come through.
    package static func pdf(of paper: Paper) async throws -> [UInt8] {
        try weasyprint.requireInstalled()
        let made = try await made(of: Array(PaperSheet(paper).html.utf8), by: "paper_pdf")
        guard let made, made.starts(with: Array("%PDF-".utf8)) else {
            throw Refusal.conflict(
                zh: "PDF未能生成，请改用DOCX，或稍后再试。",
                en: "The PDF could not be made: take the DOCX, or try again later.")
        }
        return made
    }

    /// What a program of ours makes of some bytes; nil where it does not come through.
    static func made(of bytes: [UInt8], by name: String) async throws -> [UInt8]? {
        try python.requireInstalled()
        guard
            let program = Bundle.module.path(
                forResource: name, ofType: "py", inDirectory: "Programs")
        else { return nil }
        let made: [UInt8]?? = try await python.inTurn {
            try await python.made(of: bytes) { source, target in ["-I", program, source, target] }
        }
        guard let made else {
            throw Refusal.conflict(
                zh: "正在生成其他文件，请稍候再试。",
                en: "Other files are being made: try again in a moment.")
        }
        return made
    }
}

extension PaperFace {
    /// The faces that other letters stood for in a PDF, and by which: it is said on the page, for
    /// the fonts that the standard names are not free.
    package static func substitutes(
        in pdf: [UInt8], of paper: Paper
    ) -> [PaperFile.Substitute] {
        let taken = fonts(in: pdf)
        return allCases.filter { $0.isUsed(by: paper) }.compactMap { face in
            let found = face.families.first { family in
                taken.contains { $0.hasPrefix(family.replacing(" ", with: "-")) }
            }
            guard let found, found != face.families[0] else { return nil }
            return PaperFile.Substitute(named: face.wordName, taken: found)
        }
    }

    private func isUsed(by paper: Paper) -> Bool {
        switch self {
        case .titleSong, .song: true
        default: paper.blocks.flatMap(\.runs).contains { $0.face == self } || self == .fang
        }
    }

    /// The names of the fonts that a PDF holds, without the letters that mark a part of one.
    static func fonts(in pdf: [UInt8]) -> [String] {
        let mark = Array("/BaseFont /".utf8)
        var names: Set<String> = []
        var index = 0
        while index + mark.count < pdf.count {
            guard pdf[index] == mark[0], pdf[index...].starts(with: mark) else {
                index += 1
                continue
            }
            let name = pdf[(index + mark.count)...].prefix(80).prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">")
            }
            let text = String(decoding: name, as: UTF8.self)
            names.insert(text.split(separator: "+").last.map(String.init) ?? text)
            index += mark.count
        }
        return names.sorted()
    }
}
