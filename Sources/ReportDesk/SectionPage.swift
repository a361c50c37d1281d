import Accounts
import Core
import Reports
import Storage
import Web

/// A section: its figures in place, its text to be written, and what was said about it.
struct SectionPage: Page {
    static let template = "reportdesk/section"

    let title: String
    let heading: String?
    let paragraphs: [WritingParagraph]
    let silent: String?
    let wrong: Listed<Sentence>?
    let missing: Listed<Sentence>?
    let closed: String?
    let theirs: Theirs?
    let sheet: FormSheet?
    let figuresHref: String?
    let sentences: Listed<Sentence>?
    let comments: Listed<Line>?
    let said: FormSheet?

    /// A sentence that is named, with the way to where it is shaped.
    struct Sentence: Sendable {
        let text: String
        let href: String?
    }

    /// What somebody else saved meanwhile.
    struct Theirs: Sendable {
        let label: String
        let zh: String
        let en: String?
    }

    /// A comment with its answers.
    struct Line: Sendable {
        let text: String
        let facts: String
        let state: String
        let stateStyle: String
        let answers: [Answer]
        let settle: FormSheet?
        let answerHref: String?

        struct Answer: Sendable {
            let text: String
            let facts: String
        }
    }

    var summary: FaultSummary? { sheet?.summary ?? said?.summary }

    init(
        _ found: FoundWriting, _ asked: AskedSection, _ sent: FormState?, _ desk: WritingDesk,
        _ context: AppContext, _ words: Words, _ db: Connection
    ) throws {
        let body = found.version.body
        let section = asked.key.flatMap { body.section($0) }
        guard asked.key == nil || section != nil || sent != nil else { throw Refusal.notFound }
        guard asked.key != nil || found.mayWrite else { throw Refusal.notFound }
        let reading = try WritingReading(found, body, desk, words, db)
        let place = body.sections.firstIndex { $0.key == asked.key }
        let told = place.flatMap { reading.told($0) }
        title =
            told?.heading ?? section?.heading.words[words.language].nonEmpty
            ?? words[asked.key == nil ? "report_desk_add" : "report_desk_opening"]
        heading = told?.heading
        paragraphs = told?.paragraphs ?? []
        silent = told == nil && section != nil ? words["report_desk_silent"] : nil
        wrong = Listed(
            reading.faults.map { Sentence(text: $0.words[words.language], href: nil) })
        let id = found.writing.id
        func way(_ at: Int) -> String? {
            guard found.mayWrite else { return nil }
            return Address.section(asked.key, of: id).below("sentence").with("at", String(at)).text
        }
        missing = Listed(
            (place.map { reading.missing($0) } ?? []).map {
                Sentence(text: $0.text, href: way($0.at))
            })
        sentences = Listed(
            found.mayWrite
                ? section.map { SectionPage.sentences(of: $0, words) }?.enumerated().map {
                    Sentence(text: $1, href: way($0))
                } ?? [] : [])
        figuresHref =
            found.mayWrite && section != nil
            ? Address.section(asked.key, of: id).below("figures").text : nil
        closed =
            found.stage.isOpen ? nil : words["report_desk_closed_\(found.stage.rawValue)"]
        let shown = sent?.form?.shownVersion ?? found.version.number
        let other = try desk.changed(asked, since: shown, found, db)
        theirs = other.map { name, now in
            Theirs(
                label: words["report_desk_theirs", ["name": name]],
                zh: now?.text.zh ?? words["report_desk_removed"], en: now?.text.en.nonEmpty)
        }
        let isComment = sent?.form?.all("body_zh").isEmpty == true
        sheet =
            found.mayWrite
            ? SectionPage.sheet(
                section, isComment ? nil : sent, SectionPage.Target(asked, found), context, words)
            : nil
        (comments, said) = try SectionPage.comments(
            on: asked, found, isComment ? sent : nil, context, words, db)
    }

    /// The sentences of a section, each as somebody finds it again.
    static func sentences(of section: WritingBody.Section, _ words: Words) -> [String] {
        var faults: [Wording] = []
        let written =
            section.text.en.isEmpty || words.language == .zh
            ? section.text.zh : section.text.en
        return WrittenText(written, &faults).sentences.map(\.text.readable)
    }
}

extension SectionPage {
    /// Which section of which report a form is about.
    struct Target {
        let asked: AskedSection
        let found: FoundWriting

        init(_ asked: AskedSection, _ found: FoundWriting) {
            self.asked = asked
            self.found = found
        }

        var address: Address { .section(asked.key, of: found.writing.id) }
    }

    fileprivate static func sheet(
        _ section: WritingBody.Section?, _ sent: FormState?, _ target: Target,
        _ context: AppContext, _ words: Words
    ) -> FormSheet {
        let state =
            sent
            ?? FormState(
                context,
                offering: [
                    "section_heading": section?.heading.zh ?? "",
                    "section_heading_en": section?.heading.en ?? "",
                    "body_zh": section?.text.zh ?? "", "body_en": section?.text.en ?? "",
                ])
        var sheet = FormSheet(
            context.formHead(target.address, keeping: state.form), state,
            [
                state.line(
                    "section_heading", words["field_section_heading"],
                    help: words["report_desk_heading_help"]),
                state.lines(
                    "body_zh", words["field_body_zh"], rows: 14,
                    help: words["report_desk_text_help"]),
                state.line("section_heading_en", words["field_section_heading_en"]),
                state.lines(
                    "body_en", words["field_body_en"], rows: 8, help: words["report_desk_en_help"]),
                state.line(
                    "why_changed", words["field_why_changed"], isRequired: true,
                    help: words["report_desk_why_help"]),
            ], submit: words["report_desk_save"])
        // Whoever is shown what another wrote has seen it: what they save next stands.
        sheet.hidden = [HiddenField("shown", String(target.found.version.number))]
        return sheet
    }

    /// What was said of a section, and the form in which more is said.
    fileprivate static func comments(
        on asked: AskedSection, _ found: FoundWriting, _ sent: FormState?, _ context: AppContext,
        _ words: Words, _ db: Connection
    ) throws -> (Listed<Line>?, FormSheet?) {
        guard let key = asked.key else { return (nil, nil) }
        let all = try WritingStore(db).comments(on: found.writing.id).filter { $0.section == key }
        let names = try AccountStore(db).names(all.map(\.writtenBy))
        func facts(_ one: WritingComment) -> String {
            words[
                "report_comment_facts",
                [
                    "name": names[one.writtenBy] ?? "", "time": one.writtenAt.text,
                    "count": String(one.version),
                ]]
        }
        let address = Address.section(key, of: found.writing.id)
        let lines = all.filter { $0.answers == nil }.map { one in
            var settle: FormSheet?
            if one.isOpen {
                settle = FormSheet(
                    context.formHead(address.below("settlement")), FormState(context), [],
                    submit: words["report_comment_settle"])
                settle?.hidden = [HiddenField("comment", one.id.text)]
            }
            return Line(
                text: one.text, facts: facts(one),
                state: words[one.isSettled ? "report_comment_settled" : "report_comment_open"],
                stateStyle: one.isSettled ? "tag-good" : "tag-warn",
                answers: all.filter { $0.answers == one.id }.map {
                    Line.Answer(text: $0.text, facts: facts($0))
                }, settle: settle,
                answerHref: address.with("answers", one.id.text).text + "#field-text")
        }
        let state = sent ?? FormState(context)
        let answered = sent?.form?.all("answers").first ?? asked.answering
        let open = answered.flatMap { id in all.first { $0.id.text == id && $0.answers == nil } }
        var said = FormSheet(
            context.formHead(address.below("comments"), keeping: state.form), state,
            [state.lines("text", words["report_comment_text"], rows: 3, isRequired: true)],
            note: open.map { words["report_comment_answers", ["text": $0.text]] },
            submit: words["report_comment_send"])
        said.hidden = [HiddenField("answers", open?.id.text ?? "")]
        return (Listed(lines), said)
    }
}

extension Form {
    /// The version that a form was made from, where it says one.
    fileprivate var shownVersion: Int? { Int(all("shown").first ?? "") }
}

extension String {
    /// The text, or nothing where there is none.
    var nonEmpty: String? { isEmpty ? nil : self }
}
