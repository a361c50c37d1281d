import Catalogue
import Core
import Ledger
import Web

/// An upload: where it stands, its rows, and what can be done next.
struct UploadPage: Page {
    static let template = "uploads/upload"

    let title: String
    let summary: FaultSummary?
    let stateTag: String
    let stateLabel: String
    let stateSentence: String
    let facts: Listed<FactLine>?
    let progress: Progress?
    let notes: Listed<Problem>?
    let publishing: Ask?
    let correcting: Correction?
    let judging: Ask?
    let undoing: Ask?
    let discarding: Ask?
    let table: Table?

    /// How far the work is.
    struct Progress: Sendable {
        let amount: Int
        let whole: Int
        let isCounted: Bool
        let sentence: String
    }

    /// A form that is only a button.
    struct Ask: Sendable {
        let head: FormHead
        let fileID: String
    }

    /// The form for a corrected file.
    struct Correction: Sendable {
        let head: FormHead
        let file: FormField
        let templateHref: String
    }

    struct Problem: Sendable {
        let place: String
        let sentence: String
    }

    /// One page of rows.
    struct Table: Sendable {
        let caption: String
        let allHref: String?
        let wrongHref: String?
        let faultsHref: String?
        let headings: [String]
        let rows: [Row]
        let pager: Pager?
    }

    /// What was found in the file, as far as it was judged.
    struct Judged {
        let rows: JudgedPage?
        /// What is wrong with the file as a whole.
        let note: JudgedPage?
    }

    struct Row: Sendable {
        let line: String
        let isFine: Bool
        let problems: [Problem]
        let values: [String]
    }

    init(
        _ upload: Upload, _ kind: Kind, view: UploadView, _ judged: Judged, _ form: FormState,
        _ context: AppContext, _ words: Words
    ) {
        let language = words.language
        let isOwn = upload.account == context.reader.account
        let places = Places(kind, words)
        let address = Address.upload(upload.id)
        func ask(_ segment: String, _ may: Bool) -> Ask? {
            may
                ? Ask(
                    head: context.formHead(Address("uploads", upload.id.text, segment)),
                    fileID: upload.file.text) : nil
        }
        let name = words["upload_title", ["kind": kind.name[language]]]
        title = name
        let state = UploadState(upload, words)
        stateTag = state.tag
        stateLabel = state.label
        stateSentence = state.sentence
        facts = Listed(Self.facts(upload, kind, words))
        progress = upload.isAtWork ? Self.progress(upload, words) : nil
        notes = Listed(
            judged.note?.rows.flatMap(\.problems).map {
                Problem(place: places.label($0), sentence: $0.words[language])
            } ?? [])
        publishing = ask("publication", isOwn && upload.mayBePublished)
        // A page that renews itself would forget the file that somebody is choosing.
        let mayCorrect = isOwn && upload.mayBeReplaced && !upload.isAtWork
        correcting =
            mayCorrect
            ? Correction(
                head: context.formHead(Address("uploads", upload.id.text, "file")),
                file: UploadFileField.make(words, form),
                templateHref: Address.template(kind.id).text) : nil
        summary = form.summary(over: mayCorrect ? ["file"] : [])
        judging = ask(
            "judgement",
            isOwn
                && (upload.state == .failed
                    || (upload.state == .judged && !upload.mayBePublished))
        )
        undoing = ask("reversal", upload.state == .published)
        discarding = ask("disposal", isOwn && upload.mayBeReplaced)
        table = judged.rows.map { page in
            Self.table(page, upload, view, address, places, words)
        }
    }

    private static func facts(_ upload: Upload, _ kind: Kind, _ words: Words) -> [FactLine] {
        func fact(_ word: String, _ text: String) -> FactLine { FactLine(words[word], text) }
        var facts = [fact("uploads_kind", kind.name[words.language])]
        if !upload.fileName.isEmpty {
            facts.append(fact("uploads_file", upload.fileName))
        }
        facts.append(fact("uploads_when", upload.uploadedAt.text))
        if upload.rows > 0, !upload.isAtWork {
            facts.append(fact("uploads_rows", upload.rows.grouped))
            facts.append(
                fact("upload_fine_rows", (upload.rows - upload.wrongRows).grouped))
            facts.append(fact("upload_wrong_rows", upload.wrongRows.grouped))
        }
        if let id = upload.importID { facts.append(fact("upload_import", id)) }
        if upload.isKept { facts.append(fact("upload_kept", words["upload_kept_text"])) }
        return facts
    }

    private static func progress(_ upload: Upload, _ words: Words) -> Progress {
        let isCounted = upload.state != .waiting && upload.rows > 0
        return Progress(
            amount: upload.done, whole: max(upload.rows, 1), isCounted: isCounted,
            sentence: isCounted
                ? words[
                    "upload_progress",
                    ["done": upload.done.grouped, "total": upload.rows.grouped]]
                : words["upload_progress_unknown"])
    }

    private static func table(
        _ page: JudgedPage, _ upload: Upload, _ view: UploadView, _ address: Address,
        _ places: Places, _ words: Words
    ) -> Table {
        let pages = max(1, (view.count(upload) + Limits.rowsPerPage - 1) / Limits.rowsPerPage)
        let next = view.page < pages ? view.address.with("page", "\(view.page + 1)").text : nil
        let first = view.page > 1 ? view.address.text : nil
        let caption = words["upload_page", ["page": view.page.grouped, "pages": pages.grouped]]
        return Table(
            caption: [caption, page.note?.words[words.language]].compactMap { $0 }
                .joined(separator: " "),
            allHref: view.isWrongOnly ? address.text : nil,
            wrongHref: upload.wrongRows > 0 && !view.isWrongOnly
                ? address.with("only", "wrong").text : nil,
            faultsHref: upload.wrongRows > 0
                ? Address("uploads", upload.id.text, "faults.csv").text : nil,
            headings: page.headings,
            rows: page.rows.map { row in
                Row(
                    line: String(row.line), isFine: row.problems.isEmpty,
                    problems: row.problems.map {
                        Problem(place: places.label($0), sentence: $0.words[words.language])
                    },
                    values: row.values.map(shortened))
            },
            pager: Pager(firstHref: first, nextHref: next))
    }

    private static func shortened(_ value: String) -> String {
        value.count <= UploadLimits.shownCharacters
            ? value : String(value.prefix(UploadLimits.shownCharacters)) + "…"
    }
}
