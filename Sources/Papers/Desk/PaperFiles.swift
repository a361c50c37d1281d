import Core
import Ledger
import Storage

/// The files of a paper, made when nobody waits for them: first the Word file, then the PDF.
package struct PaperFiles: Sendable {
    static let job = "paper_files"

    let district: District

    package init(district: District) { self.district = district }

    package var kind: JobKind {
        JobKind(Self.job) { subject, progress in
            guard let id = ID<IssuedPaper>(subject) else { return }
            try await make(id, progress)
        }
    }

    /// Makes what is missing, each file kept by itself: what a stop interrupted is made again.
    func make(_ id: ID<IssuedPaper>, _ progress: JobKind.Progress) async throws {
        let found = try await district.database.read { db in
            let store = PaperStore(db)
            return (try store.find(id), try store.made(of: id))
        }
        guard let paper = found.0?.paper else { return }
        for (index, form) in PaperForm.allCases.enumerated() {
            progress(index, PaperForm.allCases.count)
            guard found.1[form] == nil else { continue }
            let file = try await PaperFile(form, of: paper)
            let moment = district.now()
            try await district.database.write { db in
                try PaperStore(db).keep(file, of: id, at: moment)
            }
        }
        progress(PaperForm.allCases.count, PaperForm.allCases.count)
    }
}

extension PaperFile {
    /// Makes a paper in one form, and notes which letters stand for others.
    package init(_ form: PaperForm, of paper: Paper) async throws {
        switch form {
        case .docx: self.init(form: form, bytes: try WordFile(paper).bytes)
        case .pdf:
            let bytes = try await PaperPrinter.pdf(of: paper)
            self.init(
                form: form, bytes: bytes, fonts: PaperFace.substitutes(in: bytes, of: paper))
        }
    }
}
