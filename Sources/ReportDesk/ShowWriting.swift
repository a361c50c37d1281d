import Accounts
import Core
import Hummingbird
import Ledger
import Reports
import Storage
import Web

/// GET /reports/desk/:id. For whoever may see the report: its text section by section with figures
/// as they are now, what stands before its issue, and whose turn it is.
struct ShowWriting: Sendable {
    let desk: WritingDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let (page, stamp) = try await desk.database.read { [desk] db in
            let found = try desk.find(context, db)
            let reading = try WritingReading(found, found.version.body, desk, words, db)
            let comments = try WritingStore(db).comments(on: found.writing.id)
            let by = found.version.writtenBy
            let name = try AccountStore(db).names([by])[by] ?? ""
            let page = WritingPage(found, reading, comments, name, desk, context, words)
            return (
                page, Stamp(position: reading.figures.position, at: desk.site.now())
            )
        }
        return desk.site.show(page, context, trail: desk.trail(words), stamp: stamp)
    }
}

/// A report that is being written.
struct WritingPage: Page {
    static let template = "reportdesk/writing"

    let title: String
    let state: String
    let stateStyle: String
    let facts: String
    let closed: String?
    let before: Listed<Matter>?
    let ready: String?
    let sections: [Section]
    let addHref: String?
    let versionsHref: String
    let nextHref: String?
    let caseHref: String?
    let issuedHref: String?
    let withdrawHref: String?
    let handIn: FormSheet?
    let issue: FormSheet?

    /// What is to be looked at before the report is issued.
    struct Matter: Sendable {
        let tag: String
        let text: String
        let href: String?
    }

    /// A section with its figures in place.
    struct Section: Sendable {
        let heading: String
        let paragraphs: [WritingParagraph]
        let silent: String?
        let href: String
        let action: String
        let said: String?
    }

    init(
        _ found: FoundWriting, _ reading: WritingReading, _ comments: [WritingComment],
        _ name: String, _ desk: WritingDesk, _ context: AppContext, _ words: Words
    ) {
        let writing = found.writing
        title = reading.title
        state = words["report_stage_\(found.stage.rawValue)"]
        stateStyle = found.stage.style
        facts =
            words[
                "report_desk_saved",
                [
                    "count": String(found.version.number), "name": name,
                    "time": found.version.writtenAt.text,
                ]]
        closed =
            found.stage.isOpen ? nil : words["report_desk_closed_\(found.stage.rawValue)"]
        let matters = WritingPage.matters(found, reading, comments, words)
        before = found.writing.report == nil ? Listed(matters) : nil
        ready = matters.isEmpty && writing.report == nil ? words["report_desk_ready"] : nil
        sections = found.version.body.sections.enumerated().map { place, section in
            let told = reading.told(place)
            let count = comments.filter { $0.section == section.key }.count
            return Section(
                heading: told?.heading ?? section.heading.words[words.language].readable.nonEmpty
                    ?? words["report_desk_opening"],
                paragraphs: told?.paragraphs ?? [],
                silent: told == nil ? words["report_desk_silent"] : nil,
                href: Address.section(section.key, of: writing.id).text,
                action: words[found.mayWrite ? "report_desk_edit" : "report_desk_look"],
                said: count == 0
                    ? nil : words["report_desk_comments", ["count": String(count)]])
        }
        addHref = found.mayWrite ? Address.section(nil, of: writing.id).text : nil
        versionsHref = Address.writing(writing.id).below("versions").text
        nextHref =
            found.sight.access.may(.write)
            ? Address.newWriting.with("from", writing.id.text).text : nil
        caseHref = writing.caseID.map { Address("cases", $0.text).text }
        issuedHref = writing.report.map { Address.report($0).text }
        withdrawHref =
            found.stage == .issued && found.mayIssue
            ? writing.report.map { Address.withdrawal(of: $0).text } : nil
        func button(_ part: String, _ word: String) -> FormSheet {
            var sheet = FormSheet(
                context.formHead(Address.writing(writing.id).below(part)), FormState(context), [],
                note: words[word + "_note"], submit: words[word])
            sheet.hidden = [HiddenField("shown", String(found.version.number))]
            return sheet
        }
        handIn = found.mayWrite ? button("review", "report_desk_hand_in") : nil
        issue =
            found.stage == .signed && found.mayIssue
            ? button("issue", "report_desk_issue") : nil
    }

    /// What is named before a report is issued: faults, sentences that say nothing although
    /// somebody wrote them, and comments that nobody settled.
    private static func matters(
        _ found: FoundWriting, _ reading: WritingReading, _ comments: [WritingComment],
        _ words: Words
    ) -> [Matter] {
        let id = found.writing.id
        var matters = reading.faults.map {
            Matter(tag: words["report_desk_fault"], text: $0.words[words.language], href: nil)
        }
        for (place, section) in found.version.body.sections.enumerated() {
            let address = Address.section(section.key, of: id)
            matters += reading.missing(place).map { at, text in
                Matter(
                    tag: words["report_desk_missing"], text: text,
                    href: found.mayWrite
                        ? address.below("sentence").with("at", String(at)).text : address.text)
            }
            matters += comments.filter { $0.section == section.key && $0.isOpen }.map {
                Matter(tag: words["report_comment_open"], text: $0.text, href: address.text)
            }
        }
        return matters
    }
}
