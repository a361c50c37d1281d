import Core
import Figures
import Organization
import Reports
import Storage

/// A report as an official paper. What it prints are the numbers that were pinned when it was
/// issued, and no others.
package struct ReportPaper: Sendable {
    package let report: IssuedReport
    package let language: Language
    /// What is printed of a number that is too small to be told.
    package let small: String

    package init(_ report: IssuedReport, _ language: Language, small: String) {
        self.report = report
        self.language = language
        self.small = small
    }

    /// The paper without what only its issue settles: number, recipients, the day.
    ///
    /// - Parameter source: the address under which its numbers are opened.
    package func paper(_ reading: Figures.Reading, source: String?) -> Paper {
        let told = report.onPaper(language, small: small, reading)
        let blocks = told.sections.flatMap { section -> [Paper.Block] in
            let style: Paper.Block.Style = section.isNote ? .note : .text
            let heading = section.heading.map { Paper.Block(section.isNote ? .note : .first, $0) }
            return (heading.map { [$0] } ?? [])
                + section.paragraphs.map { Paper.Block(style, $0) }
        }
        var paper = Paper(
            .report, language, title: told.title, blocks: blocks, issuer: told.issuer,
            signature: told.issuer, day: report.issuedAt.day.onPaper(language))
        paper.source = source
        return paper
    }
}

extension Day {
    /// The day as a paper is dated: in Arabic digits, without leading zeros.
    func onPaper(_ language: Language) -> String {
        let (year, month, day) = parts
        return language == .zh ? "\(year)年\(month)月\(day)日" : description
    }
}
