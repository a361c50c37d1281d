import Accounts
import Core
import Hummingbird
import Reports
import Storage
import Web

/// GET and POST /reports/desk/:id/sections/:section. For whoever may see the report: a section with
/// its figures and what was said about it; for whoever may write it: its text. A text that somebody
/// else changed meanwhile is shown beside one's own, and neither is lost.
struct WriteSection: Sendable {
    let desk: WritingDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, nil, answering: try Query(request).text("answers"))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request, upTo: WritingLimits.formBytes)
        let asked = try AskedSection(context)
        return try await desk.app.submit(form, context, needs: .right(.write), at: "body_zh") {
            [desk] acting, db in
            let found = try desk.find(context, acting, db)
            try found.requireOpen()
            let shown = try form.shown()
            let (section, why) = try Self.read(form, asked, found)
            try desk.requireUnchanged(asked, since: shown, found, db)
            let body = found.version.body.with(section)
            try desk.check(section, body, found, db)
            guard body != found.version.body else {
                throw Refusal.conflict(zh: "没有改动。", en: "Nothing was changed.")
            }
            try desk.save(body, because: why, over: found, acting, db)
            return Address.writing(found.writing.id).with("done", "report_saved")
        } again: { state in
            try await page(context, state)
        }
    }

    /// What was written, and why.
    private static func read(
        _ form: Form, _ asked: AskedSection, _ found: FoundWriting
    ) throws(Refusal) -> (WritingBody.Section, String) {
        var reader = FormReader(form)
        let limit = WritingLimits.sectionCharacters
        let heading = reader.optional("section_heading", upTo: WritingLimits.titleCharacters) ?? ""
        let english =
            reader.optional("section_heading_en", upTo: WritingLimits.titleCharacters) ?? ""
        let zh = reader.optionalLines("body_zh", upTo: limit) ?? ""
        let en = reader.optionalLines("body_en", upTo: limit) ?? ""
        let why = reader.line("why_changed")
        let body = found.version.body
        if asked.key == nil, zh.isEmpty {
            reader.fault("body_zh", zh: "请写正文。", en: "Write a text.")
        }
        if asked.key == nil, body.sections.count >= WritingLimits.sections {
            reader.fault(
                "body_zh", zh: "一份报告最多\(WritingLimits.sections)个部分。",
                en: "A report has \(WritingLimits.sections) sections at most.")
        }
        try reader.check()
        let old = asked.key.flatMap { body.section($0) }
        guard asked.key == nil || old != nil else { throw .notFound }
        return (
            WritingBody.Section(
                key: asked.key ?? body.newest + 1,
                heading: WritingBody.Said(zh: heading, en: english),
                text: WritingBody.Said(zh: zh, en: en), isNote: old?.isNote ?? false),
            why
        )
    }

    /// - Parameter answering: the comment that is answered.
    func page(
        _ context: AppContext, _ sent: FormState?, answering: String? = nil
    ) async throws -> Response {
        let words = desk.site.words(context)
        let asked = try AskedSection(context, answering: answering)
        let (page, trail) = try await desk.database.read { [desk] db in
            let found = try desk.find(context, db)
            let page = try SectionPage(found, asked, sent, desk, context, words, db)
            return (page, desk.trail(words, found.writing))
        }
        return desk.site.show(page, context, trail: trail, status: sent?.status ?? .ok)
    }
}

/// The section that an address names; none is one that is added.
struct AskedSection: Sendable {
    let key: Int?
    /// The comment that is answered on its page.
    let answering: String?

    init(_ context: AppContext, answering: String? = nil) throws(Refusal) {
        let text = try context.word("section")
        key = Int(text)
        self.answering = answering
        guard key != nil || text == "new" else { throw .notFound }
    }
}

extension Form {
    /// The version that a form was made from.
    func shown() throws(Refusal) -> Int {
        guard let number = Int(all("shown").first ?? "") else { throw .notFound }
        return number
    }
}

extension WritingDesk {
    /// - Throws: `Refusal.conflict` where somebody saved this very section since.
    func requireUnchanged(
        _ asked: AskedSection, since shown: Int, _ found: FoundWriting, _ db: Connection
    ) throws {
        guard let other = try changed(asked, since: shown, found, db) else { return }
        throw Refusal.conflict(
            zh: "\(other.name)在您打开之后改过这一部分（第\(found.version.number)版）。两份文字都在下面："
                + "请对照后再保存，保存即以您的文字为准，对方的留在版本中。",
            en: "\(other.name) changed this section after you opened it (version "
                + "\(found.version.number)). Both texts are below: compare them and save again; "
                + "yours will stand then, and theirs stays among the versions.")
    }

    /// Who changed a section since a version, and what it says now.
    func changed(
        _ asked: AskedSection, since shown: Int, _ found: FoundWriting, _ db: Connection
    ) throws -> (name: String, section: WritingBody.Section?)? {
        guard let key = asked.key, shown < found.version.number,
            let old = try WritingStore(db).version(shown, of: found.writing.id)
        else { return nil }
        let now = found.version.body.section(key)
        guard now != old.body.section(key) else { return nil }
        let by = found.version.writtenBy
        return (try AccountStore(db).names([by])[by] ?? by, now)
    }

    /// - Throws: `Refusal.invalid` with everything that is wrong in a section, beside its fields.
    func check(
        _ section: WritingBody.Section, _ body: WritingBody, _ found: FoundWriting,
        _ db: Connection
    ) throws {
        var faults: [Fault] = []
        _ = section.read(body.check(district.catalogue), &faults)
        if faults.isEmpty {
            let (template, _) = body.template(found.writing.id.text, district.catalogue)
            faults = reports.unknown(template, try district.structure(db)).map {
                Fault("body_zh", $0.fault.words)
            }
        }
        guard faults.isEmpty else { throw Refusal.invalid(faults) }
    }
}
